import { expect, test } from 'vitest'
import { createFlowStore, createProblemStore, emptyFlow, fromFile } from '../../doc/index.ts'
import { toyCatalogue as catalogue } from '../../doc/testing/toy-catalogue.ts'
import { createRunStore } from '../../run/run-store.ts'
import { createViewStore } from '../view-store.ts'
import { farBelow, pictureFrom, surfaceActs } from './surface-acts.ts'

function openOf(steps: number) {
  const nodes = Array.from({ length: steps }, (_, index) => ({
    id: `s${index}`,
    type: 'toy.step',
    at: [index * 312, 0] as [number, number],
  }))
  const view = createViewStore({ isFar: true })
  const { engine } = surfaceActs(
    {
      flow: createFlowStore(fromFile({ ...emptyFlow('line', 'Line'), nodes })),
      catalogue,
      view,
      runs: createRunStore(() => []),
      problems: createProblemStore(),
      saving: null,
      past: null,
      surface: { current: null },
    },
    undefined,
  )
  return { engine, isFar: () => view.getState().isFar }
}
const near = { x: 0, y: 0, zoom: farBelow }
const far = { x: 0, y: 0, zoom: farBelow * 0.9 }

test('the picture of a large flow stays while the view comes nearer, and gives way to cards when it rests', () => {
  const { engine, isFar } = openOf(pictureFrom + 1)
  engine.onMove(null, near)
  expect(isFar()).toBe(true)
  engine.onMoveEnd(null, near)
  expect(isFar()).toBe(false)
})

test('the picture comes at once as the view goes away', () => {
  const { engine, isFar } = openOf(pictureFrom + 1)
  engine.onMoveEnd(null, near)
  engine.onMove(null, far)
  expect(isFar()).toBe(true)
})

test('a flow that is drawn as cards at any zoom has their words as soon as they can be read', () => {
  const { engine, isFar } = openOf(pictureFrom)
  engine.onMove(null, near)
  expect(isFar()).toBe(false)
})
