import { expect, test } from 'vitest'
import { emptyFlow, type FlowDocument, fromFile, groupBox, noteBox } from '../../doc/index.ts'
import { toyCatalogue as catalogue } from '../../doc/testing/toy-catalogue.ts'
import { cornersOf } from '../back-wire.ts'
import { lanesOf, leavesBelow } from '../lanes.ts'
import { wirePlaces } from '../wire-places.ts'
import { farReach } from './far-reach.ts'

const step = (id: string, x: number, y: number) => ({ id, type: 'toy.step', at: [x, y] as [number, number] })
const steps = [step('a', 0, 0), step('b', 1_000, 0), step('c', 2_000, 0)]
/** The last step leads back to the first, over a wall of steps that stands in the way. */
const wall = Array.from({ length: 20 }, (_, index) => step(`w${index}`, 1_000, (index - 10) * 100))
const loop = fromFile({ ...emptyFlow('loop', 'Loop'), nodes: [...steps, ...wall], edges: [{ from: 'c.out', to: 'a.in' }] })

test('the box around a flow holds its steps, and wires that lead around them', () => {
  const reach = farReach(loop, catalogue)
  const [back] = wirePlaces(loop, catalogue)
  const lane = lanesOf(loop, catalogue).get('c.out>a.in')
  if (reach === null || back === undefined || lane === undefined) throw new Error('There is a wire that leads back')
  expect(lane < -1_000 || lane > 984).toBe(true)
  const corners = cornersOf(back.from, back.to, lane, leavesBelow(back.wire))
  for (const { x, y } of [...corners, { x: 0, y: 0 }, { x: 2_216, y: 84 }, { x: 1_000, y: -1_000 }]) {
    expect(x).toBeGreaterThan(reach.x)
    expect(y).toBeGreaterThan(reach.y)
    expect(x).toBeLessThan(reach.x + reach.width)
    expect(y).toBeLessThan(reach.y + reach.height)
  }
  expect(farReach(loop, catalogue)).toBe(reach)
})

test('it holds notes and groups, and there is none around nothing', () => {
  const doc: FlowDocument = fromFile({
    ...emptyFlow('framed', 'Framed'),
    notes: [{ id: 'n', text: 'Far away', at: [-3_000, 0] }],
    groups: [{ id: 'g', name: 'Frame', at: [4_000, 0], nodes: [] }],
  })
  const reach = farReach(doc, catalogue)
  const [note] = [...doc.notes.values()].map(noteBox)
  const [group] = [...doc.groups.values()].map(groupBox)
  expect(reach?.x).toBeLessThan(note?.x ?? Number.NEGATIVE_INFINITY)
  expect((reach?.x ?? 0) + (reach?.width ?? 0)).toBeGreaterThan((group?.x ?? 0) + (group?.width ?? 0))
  expect(farReach(fromFile(emptyFlow('empty', 'Empty')), catalogue)).toBeNull()
})
