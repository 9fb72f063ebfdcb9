import { expect, test } from 'vitest'
import { bundleMask, checkBundle, experiencePack } from './bundle.ts'

const item = { purpose: 'recommendation', scene: 'test_drive' } as const

test('the experience pack may be offered and is three cells', () => {
  expect(checkBundle(experiencePack)).toEqual([])
  expect(bundleMask(experiencePack)).toBe(35)
})

test.each([
  [[], 'BUNDLE_EMPTY', '/items'],
  [[{ ...item, defaultOn: true }], 'BUNDLE_PRETICKED', '/items/0'],
  [[item, { purpose: 'third_party_sharing', scene: 'quote_push' }], 'BUNDLE_SEPARATE_CONSENT', '/items/1'],
  [[item, item], 'BUNDLE_CELL_TWICE', '/items/1'],
  [[{ purpose: 'profit', scene: 'test_drive' }], 'BUNDLE_CELL_UNKNOWN', '/items/0'],
] as const)('a bundle that breaks a rule is refused with its path', (items, code, path) => {
  expect(checkBundle({ id: 'b', title: 'b', items: items as never })).toContainEqual({ code, path })
})

test('five items are one too many', () => {
  const scenes = ['test_drive', 'quote_push', 'event_invite', 'community', 'finance_plan'] as const
  const items = scenes.map((scene) => ({ purpose: 'recommendation', scene }) as const)
  expect(checkBundle({ id: 'b', title: 'b', items }).map((it) => it.code)).toEqual(['BUNDLE_TOO_LONG'])
})
