import { beforeEach, expect, test, vi } from 'vitest'
import { createFlowStore, emptyFlow, fromFile, moveItems, removeItems, toFile } from '../doc/index.ts'
import { toyCatalogue as catalogue } from '../doc/testing/toy-catalogue.ts'
import { laneFor } from './back-wire.ts'
import { lanesOf } from './lanes.ts'

vi.mock('./back-wire.ts', async (original) => {
  const real = await original<typeof import('./back-wire.ts')>()
  return { ...real, laneFor: vi.fn(real.laneFor) }
})

/** Rows of ten steps; the end of each leads back to the beginning of the next. */
function rows(count: number) {
  const nodes = Array.from({ length: count }, (_, index) => ({
    id: `s${index}`,
    type: 'toy.step',
    at: [(index % 10) * 312, Math.floor(index / 10) * 136] as [number, number],
  }))
  const edges = nodes.slice(1).map((one, index) => ({ from: `s${index}.out`, to: `${one.id}.in` }))
  return createFlowStore(fromFile({ ...emptyFlow('rows', 'Rows'), nodes, edges }))
}

/** As if nothing had been known before. */
function afresh(flow: ReturnType<typeof rows>) {
  return lanesOf(fromFile(structuredClone(toFile(flow.getState().doc))), catalogue)
}

beforeEach(() => {
  vi.mocked(laneFor).mockClear()
})

test('a change that stands in no lane’s way works no lane out anew', () => {
  const flow = rows(200)
  lanesOf(flow.getState().doc, catalogue)
  expect(laneFor).toHaveBeenCalledTimes(19)
  moveItems(flow, new Map([['s9', { x: 9_000, y: 0 }]]))
  lanesOf(flow.getState().doc, catalogue)
  vi.mocked(laneFor).mockClear()
  moveItems(flow, new Map([['s9', { x: 9_000, y: 8 }]]))
  lanesOf(flow.getState().doc, catalogue)
  // Its own wire leads back from elsewhere now.
  expect(laneFor).toHaveBeenCalledTimes(1)
  flow.undo()
  lanesOf(flow.getState().doc, catalogue)
  // That state was worked out before.
  expect(laneFor).toHaveBeenCalledTimes(2)
})

test('after any changes the lanes are those of a flow that is looked at for the first time', () => {
  const flow = rows(60)
  let seed = 11
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % below
  }
  for (let round = 0; round < 120; round += 1) {
    const ids = [...flow.getState().doc.nodes.keys()]
    const id = ids[random(ids.length)] ?? 's0'
    const what = random(5)
    if (what === 0) removeItems(flow, catalogue, [id], { keepChain: true })
    else if (what === 1) flow.undo()
    else moveItems(flow, new Map([[id, { x: random(40) * 80, y: random(30) * 40 }]]))
    const kept = [...lanesOf(flow.getState().doc, catalogue)]
    if (round % 3 === 0) expect(kept).toEqual([...afresh(flow)])
  }
})
