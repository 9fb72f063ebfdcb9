import { expect, test } from 'vitest'
import { rowsThatFit, type Table } from './decision.ts'
import { findFlaws } from './flaws.ts'

/** Small tables made at random from a seed. */
function randomTable(seed: number): Table {
  let state = seed * 2_654_435_761
  const pick = <Item>(items: readonly Item[]): Item => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return items[(state >>> 16) % items.length] as Item
  }
  const number = () => pick(['-', '= 1', '< 3', '> 3', '[1..3]', '(1..4)', 'not 2', '<= 1', '>= 4', '1, 3'])
  const text = () => pick(['-', 'a', 'b', 'not a', 'a, b', 'not a, b'])
  const rows = Array.from({ length: pick([1, 2, 3, 5, 8]) }, () => ({ when: [number(), text(), number()], give: [] }))
  return { inputs: ['x', 'y', 'z'], outputs: [], rows }
}

const numbers = [-5, 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 99]
const texts = ['a', 'b', 'c', '']

test('on 300 random tables the marks agree with trying every value', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const table = randomTable(seed)
    const { gap, overlaps, unreachable, isWhole } = findFlaws(table)
    const firsts = new Set<number>()
    let hasGap = false
    let hasOverlap = false
    for (const x of numbers)
      for (const y of texts)
        for (const z of numbers) {
          const fit = rowsThatFit(table, [x, y, z])
          if (fit.length === 0) hasGap = true
          if (fit.length > 1) hasOverlap = true
          if (fit[0] !== undefined) firsts.add(fit[0])
        }
    const note = `seed ${seed}`
    expect(isWhole, note).toBe(true)
    expect(gap !== null, note).toBe(hasGap)
    if (gap !== null) expect(rowsThatFit(table, gap), note).toEqual([])
    expect(overlaps.length > 0, note).toBe(hasOverlap)
    for (const { values, rows } of overlaps) expect(rowsThatFit(table, values), note).toEqual(expect.arrayContaining([...rows]))
    const hidden = table.rows.map((_, row) => row).filter((row) => !firsts.has(row))
    expect(
      unreachable.map(({ row }) => row),
      note,
    ).toEqual(hidden)
  }
})
