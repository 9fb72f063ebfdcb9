import type { FlowDefinition } from '@sluice/flows'
import type { AnyNode } from '@sluice/sdk'
import { expect, test } from 'vitest'
import { makeCatalogue } from '../catalogue.ts'
import { foldedIn } from '../collapse.ts'
import { emptyFlow, fromFile, toFile } from '../file.ts'
import { createFlowStore } from '../flow-store.ts'
import { toyCatalogue } from '../testing/toy-catalogue.ts'
import { extract } from './extract.ts'
import { toggleFolded } from './fold.ts'
import { inline } from './inline.ts'

const as = (type: string, like: string) => ({ ...toyCatalogue.find(like), type }) as AnyNode
const catalogue = makeCatalogue([
  ...toyCatalogue.all,
  as('core.call', 'toy.step'),
  as('core.transform', 'toy.step'),
  as('core.stop', 'toy.end'),
  as('core.manual', 'toy.start'),
])

const file: FlowDefinition = {
  ...emptyFlow('main', 'Main'),
  nodes: [
    { id: 'start', type: 'toy.start', at: [0, 0] },
    { id: 'mask', type: 'toy.step', at: [312, 0] },
    { id: 'score', type: 'toy.step', config: { text: '{{ nodes.mask.name }} {{ input.a }}' }, at: [624, 0] },
    { id: 'tell', type: 'toy.step', config: { text: '{% nodes.score.x & input %}' }, at: [936, 0] },
    { id: 'end', type: 'toy.step', config: { text: '{{ nodes.tell.done }}' }, at: [1248, 0] },
  ],
  edges: [
    { from: 'start.out', to: 'mask.in' },
    { from: 'mask.out', to: 'score.in' },
    { from: 'score.out', to: 'tell.in' },
    { from: 'tell.out', to: 'end.in' },
  ],
}
const open = (flow: FlowDefinition = file) => createFlowStore(fromFile(flow))

test('steps become a called flow: what they read from outside travels as input, what reads their end follows, one entry', () => {
  const store = open()
  const made = extract(store.getState().doc, catalogue, ['score', 'tell'], { key: 'part', name: 'Part' })
  if ('id' in made) throw new Error(made.id)
  expect(made.flow).toMatchObject({
    key: 'part',
    nodes: [
      { id: 'start', type: 'core.manual' },
      { id: 'input', type: 'core.transform', config: { value: '{% input.input %}' } },
      { id: 'score', config: { text: '{{ nodes.start.mask.name }} {{ input.a }}' } },
      { id: 'tell', config: { text: '{% nodes.score.x & input %}' } },
    ],
    edges: [
      { from: 'start.out', to: 'input.in' },
      { from: 'input.out', to: 'score.in' },
      { from: 'score.out', to: 'tell.in' },
    ],
  })
  const before = JSON.stringify(toFile(store.getState().doc))
  const id = made.apply(store)
  const { doc, history } = store.getState()
  expect([...doc.nodes.keys()]).toEqual(['start', 'mask', 'end', id])
  expect(doc.nodes.get(id)?.config).toEqual({ flow: 'part', input: '{% { "input": input, "mask": nodes.mask } %}', wait: true })
  expect(doc.nodes.get('end')?.config).toEqual({ text: '{{ nodes.call.done }}' })
  expect([...doc.edges.keys()]).toEqual(['start.out>mask.in', 'mask.out>call.in', 'call.out>end.in'])
  expect(history.undo).toHaveLength(1)
  store.undo()
  expect(JSON.stringify(toFile(store.getState().doc))).toBe(before)
})

test.each([
  ['a step that starts the flow', ['start', 'mask'], 'trigger', file],
  [
    'a line that would end inside',
    ['mask', 'score'],
    'loose',
    { ...file, edges: [...file.edges.slice(0, 2), { from: 'mask.out', to: 'end.in' }] },
  ],
  [
    'a middle that is read outside',
    ['mask', 'score'],
    'used',
    { ...file, nodes: file.nodes.map((node) => (node.id === 'end' ? { ...node, config: { text: '{{ nodes.mask.a }}' } } : node)) },
  ],
  ['two ways in', ['score', 'tell'], 'entries', { ...file, edges: [...file.edges, { from: 'mask.out', to: 'tell.in' }] }],
  ['two ways out', ['score', 'tell'], 'exits', { ...file, edges: [...file.edges, { from: 'score.out', to: 'end.in' }] }],
  ['half a frame', ['mask', 'score'], 'frame', { ...file, groups: [{ id: 'box', nodes: ['score', 'tell'] }] }],
])('%s stays where it is, with the reason', (_what, ids, reason, flow) => {
  expect(extract(fromFile(flow as FlowDefinition), catalogue, ids, { key: 'part', name: 'Part' })).toMatchObject({
    id: `canvas.extract.${reason}`,
  })
})

test('a called flow comes back in place of its call, and what refers to either follows', () => {
  const store = open()
  const made = extract(store.getState().doc, catalogue, ['score', 'tell'], { key: 'part', name: 'Part' })
  if ('id' in made) throw new Error(made.id)
  const id = made.apply(store)
  const before = JSON.stringify(toFile(store.getState().doc))
  expect(inline(store, catalogue, id, made.flow)).toBeNull()
  const { doc } = store.getState()
  expect([...doc.edges.keys()].sort()).toEqual(
    ['given.out>input.in', 'input.out>score.in', 'mask.out>given.in', 'score.out>tell.in', 'start.out>mask.in', 'tell.out>end.in'].sort(),
  )
  expect(doc.nodes.get('given')?.config).toEqual({ value: '{% { "input": input, "mask": nodes.mask } %}' })
  expect(doc.nodes.get('score')?.config).toEqual({ text: '{{ nodes.given.mask.name }} {{ input.a }}' })
  expect(doc.nodes.get('end')?.config).toEqual({ text: '{{ nodes.tell.done }}' })
  store.undo()
  expect(JSON.stringify(toFile(store.getState().doc))).toBe(before)
})

test('a call that does not wait, a flow with another start, and a flow that stops are not drawn in place', () => {
  const part: FlowDefinition = {
    ...emptyFlow('part', 'Part'),
    nodes: [
      { id: 'go', type: 'core.manual' },
      { id: 'a', type: 'toy.step' },
    ],
    edges: [],
  }
  const call = (config: Record<string, unknown>) =>
    open({ ...emptyFlow('main', 'Main'), nodes: [{ id: 'call', type: 'core.call', config }] })
  expect(inline(call({ flow: 'part', wait: false }), catalogue, 'call', part)?.id).toBe('canvas.inline.no-wait')
  expect(inline(call({ flow: 'part' }), catalogue, 'call', { ...part, nodes: [{ id: 'a', type: 'toy.start' }] })?.id).toBe(
    'canvas.inline.start',
  )
  expect(inline(call({ flow: 'part' }), catalogue, 'call', { ...part, nodes: [...part.nodes, { id: 'z', type: 'core.stop' }] })?.id).toBe(
    'canvas.inline.stops',
  )
  expect(inline(call({ flow: 'main' }), catalogue, 'call', { ...part, key: 'main' })?.id).toBe('canvas.inline.self')
})

test('a folded frame hides its steps and keeps every wire; opening it changes nothing else', () => {
  const flow = {
    ...file,
    groups: [
      { id: 'box', nodes: ['score', 'tell'], at: [600, -40] as [number, number], size: [600, 200] as [number, number] },
      { id: 'small', nodes: ['score'] },
    ],
  }
  const store = open(flow)
  const before = JSON.stringify(toFile(store.getState().doc))
  toggleFolded(store, ['box'])
  const folded = store.getState().doc
  expect([...foldedIn(folded.groups).steps]).toEqual([
    ['score', 'box'],
    ['tell', 'box'],
  ])
  expect([...foldedIn(folded.groups).groups]).toEqual(['small'])
  expect([...folded.edges.keys()]).toEqual([...fromFile(flow).edges.keys()])
  toggleFolded(store, ['box'])
  expect(foldedIn(store.getState().doc.groups).steps.size).toBe(0)
  expect(JSON.stringify(toFile(store.getState().doc))).toBe(before)
})
