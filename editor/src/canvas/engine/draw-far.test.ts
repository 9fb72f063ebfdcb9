import { afterEach, expect, test, vi } from 'vitest'
import { emptyFlow, fromFile } from '../../doc/index.ts'
import { toyCatalogue as catalogue } from '../../doc/testing/toy-catalogue.ts'
import type { StepStatus } from '../../run/picture.ts'
import { drawFar, type Ink, toldAnew } from './draw-far.ts'

afterEach(() => vi.unstubAllGlobals())

const status = (state: StepStatus['state']): StepStatus => ({ state, passed: 1, since: 0, dueAt: null, error: null })
const before = new Map([
  ['a', status('done')],
  ['b', status('running')],
])

test('of a run that goes on only the steps it tells something else of are drawn over', () => {
  expect(toldAnew(before, before)).toEqual([])
  expect(toldAnew(before, new Map(before))).toEqual([])
  expect(toldAnew(before, new Map([...before, ['b', status('done')], ['c', status('running')]]))).toEqual(['b', 'c'])
})

test('where a card would not hide what was there, all is painted anew', () => {
  expect(toldAnew(null, before)).toBeNull()
  expect(toldAnew(before, null)).toBeNull()
  // A step that is no longer told of is faint again, and one without a colour has a thinner edge.
  expect(toldAnew(before, new Map([['a', before.get('a') ?? status('done')]]))).toBeNull()
  expect(toldAnew(before, new Map([...before, ['b', status('cancelled')]]))).toBeNull()
  expect(
    toldAnew(before, new Map([...before, ...Array.from({ length: 1_000 }, (_, index) => [`s${index}`, status('done')] as const)])),
  ).toBeNull()
})

test('of the wires only those are drawn that come between the heights that are painted, and those that lead around', () => {
  let drawn = 0
  class Path {
    moveTo(): void {
      drawn += 1
    }
    lineTo(): void {}
    bezierCurveTo(): void {}
  }
  vi.stubGlobal('Path2D', Path)
  const step = (id: string, x: number, y: number) => ({ id, type: 'toy.step', at: [x, y] as [number, number] })
  const row = (name: string, y: number) => [step(`${name}1`, 0, y), step(`${name}2`, 400, y)]
  const doc = fromFile({
    ...emptyFlow('rows', 'Rows'),
    nodes: [...row('above', -5_000), ...row('seen', 0), ...row('below', 5_000)],
    edges: [
      ...['above', 'seen', 'below'].map((name) => ({ from: `${name}1.out`, to: `${name}2.in` })),
      { from: 'above1.out', to: 'below2.in' },
    ],
  })
  const context = new Proxy({}, { get: () => () => undefined, set: () => true }) as CanvasRenderingContext2D
  const picture = { doc, catalogue, selection: new Set<never>(), pointed: null, steps: null, marks: null, problems: new Map(), part: null }
  const view = { x: 0, y: 100, zoom: 0.25, width: 1_000, height: 600, ratio: 1 }
  drawFar(context, { ...picture, view, say: () => '', ink: {} as Ink })
  expect(drawn).toBe(2)
})
