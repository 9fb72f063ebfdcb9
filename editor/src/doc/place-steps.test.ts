import { expect, test } from 'vitest'
import { fromFile } from './file.ts'
import { emptyFlow } from './index.ts'
import { placeSteps } from './place-steps.ts'
import { boxOf, overlaps, sizes } from './shape.ts'
import { toyCatalogue as catalogue } from './testing/toy-catalogue.ts'

const flow = (ids: readonly string[], wires: readonly (readonly [string, string])[]) =>
  fromFile({
    ...emptyFlow('places', 'Places'),
    nodes: ids.map((id) => ({ id, type: 'toy.step' })),
    edges: wires.map(([from, to]) => ({ from: `${from}.out`, to: `${to}.in` })),
  })
const columnOf = (doc: ReturnType<typeof flow>, id: string) => (doc.nodes.get(id)?.at?.[0] ?? -1) / (sizes.width + sizes.gapX)

test('a step stands behind the longest way that leads to it', () => {
  const doc = placeSteps(
    flow(
      ['a', 'b', 'c', 'd'],
      [
        ['a', 'b'],
        ['b', 'c'],
        ['a', 'd'],
        ['c', 'd'],
      ],
    ),
    catalogue,
  )
  expect(['a', 'b', 'c', 'd'].map((id) => columnOf(doc, id))).toEqual([0, 1, 2, 3])
})

test('a loop is drawn once and does not hang', () => {
  const doc = placeSteps(
    flow(
      ['a', 'b', 'c'],
      [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'b'],
      ],
    ),
    catalogue,
  )
  expect(['a', 'b', 'c'].map((id) => columnOf(doc, id))).toEqual([0, 1, 2])
})

test('a thousand steps whose ways fork and meet again and again get places that do not overlap', () => {
  const ids = Array.from({ length: 999 }, (_, index) => `s${index}`)
  const wires = ids.flatMap((id, index) => [1, 2].flatMap((by) => (index + by < ids.length ? [[id, `s${index + by}`] as const] : [])))
  const doc = placeSteps(flow(ids, wires), catalogue)
  expect(columnOf(doc, 's998')).toBe(998)
  const boxes = [...doc.nodes.values()].slice(0, 60).map((step) => boxOf(step, catalogue))
  for (const [index, box] of boxes.entries()) for (const other of boxes.slice(index + 1)) expect(overlaps(box, other)).toBe(false)
})
