import { expect, test } from 'vitest'
import { allCells, bitOf, block, cellLabel, cellsOf, everything, maskOf, purposes, scenes } from './grid.ts'

test('28 cells have 28 different bits, and a mask names exactly its cells', () => {
  expect(new Set(allCells.map(bitOf)).size).toBe(28)
  expect(maskOf(allCells)).toBe(everything)
  expect(cellsOf(everything)).toHaveLength(28)
  expect(everything).toBe(0xfffffff)
})

test('the experience pack is mask 35, and 33 without the quote', () => {
  const pack = maskOf([
    { purpose: 'recommendation', scene: 'test_drive' },
    { purpose: 'recommendation', scene: 'quote_push' },
    { purpose: 'recommendation', scene: 'event_invite' },
  ])
  expect(pack).toBe(35)
  expect(pack & ~bitOf({ purpose: 'recommendation', scene: 'quote_push' })).toBe(33)
})

test('a block without purposes or scenes is every one of them', () => {
  expect(block({})).toBe(everything)
  expect(block({ purposes: ['recommendation'] })).toBe(0b1111111)
  expect(cellsOf(block({ scenes: ['quote_push'] })).map((cell) => cell.purpose)).toEqual([
    'recommendation',
    'risk_modelling',
    'third_party_sharing',
    'service_delivery',
  ])
})

test('a cell is spoken of in both languages', () => {
  const cell = { purpose: 'recommendation', scene: 'quote_push' } as const
  expect(cellLabel(cell, 'zh-CN')).toBe('报价推送 · 销售推荐')
  expect(cellLabel(cell, 'en')).toBe('Quote push · Sales recommendation')
})

test('a block is exactly the cells of its purposes and scenes, and names nobody knows add nothing', () => {
  for (const purpose of [...purposes.map((one) => [one]), purposes, []])
    for (const scene of [...scenes.map((one) => [one]), ['quote_push', 'community'] as const, scenes, []]) {
      const cells = allCells.filter((cell) => purpose.includes(cell.purpose) && (scene as readonly string[]).includes(cell.scene))
      expect(block({ purposes: purpose, scenes: scene })).toBe(maskOf(cells))
    }
  expect(block({})).toBe(everything)
  expect(block({ purposes: ['profit' as never], scenes: ['quote_push'] })).toBe(0)
})
