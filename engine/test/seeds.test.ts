import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type Case, commandOf, playCase, shrinkCase } from '../src/testing/reference/session.ts'

const kept = JSON.parse(readFileSync(fileURLToPath(new URL('seeds.json', import.meta.url)), 'utf8')) as readonly (Case & {
  readonly was: string
})[]

for (const one of kept) {
  test(`${commandOf(one)} holds; it once failed with: ${one.was}`, () => {
    expect(playCase(one)).toBeNull()
  })
}

test('a failure is made smaller: what is not needed for it is cut out, and the command says so', () => {
  const found: Case = { kind: 'flow', seed: 7 }
  // Stands for a bug in two blocks: it fails as long as both are drawn.
  const needed = ['b_0', 'b_1']
  const smaller = shrinkCase(found, 500, ({ cut = [] }) => needed.every((name) => !cut.includes(name) && !cut.includes(`${name}-`)))
  expect(smaller.cut?.length).toBeGreaterThan(0)
  expect(smaller.cut?.some((name) => needed.includes(name))).toBe(false)
  expect(commandOf(smaller)).toBe(`npm run simulate -- --flow 7 --cut ${smaller.cut?.join(',')}`)
})

test('of a scenario the happenings and the kinds of faults are left out that do not matter', () => {
  const fails = ({ happenings = 40, without = [], faults = ['crash'] }: Case) =>
    happenings > 12 && !without.includes(9) && faults.includes('crash')
  const smaller = shrinkCase({ kind: 'scenario', seed: 3 }, 500, fails)
  expect(smaller.happenings).toBe(13)
  expect(smaller.without).not.toContain(9)
  expect(smaller.without?.length).toBe(12)
  expect(smaller.faults).toEqual(['crash'])
})
