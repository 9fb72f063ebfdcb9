import type { Viewport } from '@xyflow/react'
import { expect, test } from 'vitest'
import { emptyFlow, fromFile } from '../../doc/index.ts'
import { toyCatalogue as catalogue } from '../../doc/testing/toy-catalogue.ts'
import { refit } from './refit.ts'
import { viewToOpen } from './whole-view.ts'

const at = (...places: [number, number][]) =>
  fromFile({
    ...emptyFlow('row', 'Row'),
    nodes: places.map((place, index) => ({ id: `s${index}`, type: 'toy.step', at: place })),
    edges: [],
  })
const doc = at([0, 0], [3_000, 0])
const roomOf = (clientWidth: number, clientHeight: number) => ({ clientWidth, clientHeight }) as Element

function engineAt(view: Viewport) {
  const engine = {
    view,
    getViewport: () => engine.view,
    setViewport(next: Viewport) {
      engine.view = next
    },
  }
  return engine
}

test('a drawing that nobody moved is shown in its new room as it opens there; one that somebody moved stays', () => {
  const [wide, narrow] = [
    { width: 1_400, height: 800 },
    { width: 900, height: 600 },
  ]
  const opened = viewToOpen(doc, catalogue, wide)
  if (opened === null) throw new Error('nothing to show')
  const engine = engineAt(opened)
  const shown = refit(roomOf(narrow.width, narrow.height), opened, engine, doc, catalogue)
  expect(engine.view).toEqual(viewToOpen(doc, catalogue, narrow))
  const moved = { ...engine.view, x: engine.view.x + 200 }
  engine.view = moved
  expect(refit(roomOf(wide.width, wide.height), shown, engine, doc, catalogue)).toBe(shown)
  expect(engine.view).toBe(moved)
  expect(refit(null, shown, engine, doc, catalogue)).toBe(shown)
})
