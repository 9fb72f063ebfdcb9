import type { FlowDefinition } from '@sluice/flows'
import { expect, test } from 'vitest'
import { commandDone } from '../../../app/commands/index.ts'
import type { FlowEditor } from '../../../canvas/flow-editor.ts'
import { addNote, addStep, configure, createFlowStore, emptyFlow, fromFile, nudge, rename } from '../../../doc/index.ts'
import { toyCatalogue } from '../../../doc/testing/toy-catalogue.ts'
import { emptyPicture } from '../../../run/picture.ts'
import { createRunStore } from '../../../run/run-store.ts'
import { watchTasks } from './detect.ts'

function watched() {
  const file: FlowDefinition = {
    ...emptyFlow('main', 'Main'),
    nodes: [
      { id: 'start', type: 'toy.start', at: [0, 0] },
      { id: 'step', type: 'toy.step', at: [300, 0] },
    ],
    edges: [{ from: 'start.out', to: 'step.in' }],
  }
  let clock = 0
  const flow = createFlowStore(fromFile(file), { now: () => (clock += 5_000) })
  const runs = createRunStore(() => [])
  const told: string[] = []
  const stop = watchTasks({ flow, runs } as unknown as FlowEditor, (task) => told.push(task))
  return { flow, runs, told, stop }
}

test('another name and another text of a setting change a text; a place, a note and a number do not', () => {
  const { flow, told } = watched()
  nudge(flow, ['step'], 8, 0)
  addNote(flow, { x: 0, y: 0 })
  configure(flow, 'step', ['count'], 3)
  configure(flow, 'step', ['count'], undefined)
  expect(told).toEqual([])
  rename(flow, 'step', 'Call back')
  configure(flow, 'step', ['text'], 'Good day')
  configure(flow, 'step', ['text'], { en: 'Good day', 'zh-CN': '您好' })
  expect(told).toEqual(['text', 'text', 'text'])
})

test('a step is added however it comes; undoing it is no task', () => {
  const { flow, told } = watched()
  addStep(flow, toyCatalogue, { type: 'toy.step' })
  flow.undo()
  expect(told).toEqual(['step'])
})

test('recalled changes of last time, and those of others, are nobody’s task', () => {
  const { flow, told } = watched()
  const earlier = watched().flow
  rename(earlier, 'step', 'Call back')
  flow.recall(earlier.getState().history)
  expect(flow.getState().history.undo).toHaveLength(1)
  flow.receive(flow.getState().doc, flow.getState().history)
  expect(told).toEqual([])
})

test('data are seen when a chosen wire was passed, whichever of the two came first', () => {
  const { flow, runs, told } = watched()
  const [wire = ''] = flow.getState().doc.edges.keys()
  flow.select([wire])
  expect(told).toEqual([])
  const passages = new Map([['start.out', { data: { text: 'Hello' }, at: 0, count: 1 }]])
  runs.show({ ...emptyPicture, passages } as never)
  expect(told).toEqual(['data'])
  flow.select(['step'])
  expect(told).toEqual(['data'])
  flow.select([wire])
  expect(told).toEqual(['data', 'data'])
})

test('a test and publishing count when they were done, not when their dialog opened; nothing counts once nobody listens', () => {
  const { told, stop } = watched()
  commandDone('canvas.outline')
  commandDone('canvas.test')
  commandDone('canvas.simulate')
  commandDone('canvas.publish')
  expect(told).toEqual(['test', 'test', 'publish'])
  stop()
  commandDone('canvas.publish')
  expect(told).toHaveLength(3)
})
