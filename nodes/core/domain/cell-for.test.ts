import { expect, test } from 'vitest'
import { cellsFor } from './cell-for.ts'
import type { Table } from './decision.ts'
import { findFlaws } from './flaws.ts'

const table = (inputs: readonly string[], ...rows: readonly (readonly string[])[]): Table => ({
  inputs,
  outputs: ['level'],
  rows: rows.map((when) => ({ when, give: ['x'] })),
})

/** Adds rows for what is open until nothing is. */
function closed(start: Table): readonly (readonly string[])[] {
  const added: (readonly string[])[] = []
  let now = start
  for (let gap = findFlaws(now).gap; gap !== null && added.length < 20; gap = findFlaws(now).gap) {
    const when = cellsFor(now, gap)
    added.push(when)
    now = { ...now, rows: [...now.rows, { when, give: ['x'] }] }
  }
  expect(findFlaws(now).overlaps).toEqual(findFlaws(start).overlaps)
  return added
}

test.each([
  [['< 100', '>= 500'], ['[100..500)']],
  [['<= 100', '> 500'], ['(100..500]']],
  [['[0..10]'], ['< 0', '> 10']],
  [['< 5', '> 5'], ['= 5']],
  [['> 1万'], ['<= 10000']],
])('a gap between numbers is closed whole: %j is joined by %j', (rows, added) => {
  expect(closed(table(['amount'], ...rows.map((cell) => [cell])))).toEqual(added.map((cell) => [cell]))
})

test('other texts are all those that no cell names', () => {
  expect(closed(table(['tier'], ['gold'], ['silver']))).toEqual([['not gold, silver']])
  expect(closed(table(['isOpen'], ['true']))).toEqual([['= false']])
})

test('several columns are closed without a row that fits what another fits', () => {
  const added = closed(table(['amount', 'tier'], ['< 100', 'gold'], ['>= 100', 'silver'], ['>= 500', 'gold']))
  expect(added.length).toBeLessThan(8)
  expect(added).toContainEqual(['[100..500)', 'gold'])
})
