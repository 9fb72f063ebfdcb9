import { expect, test } from 'vitest'
import { wireEnds } from '../canvas/wire-places.ts'
import { addStep } from './commands/add.ts'
import { toggleDisabled } from './commands/edit.ts'
import { addNote, fitFrames, groupSteps, setGroup, ungroup, writeNote } from './commands/frames.ts'
import { moveItems } from './commands/move.ts'
import { duplicate } from './commands/paste.ts'
import { detach, removeItems } from './commands/remove.ts'
import { insertOnEdge } from './commands/splice.ts'
import { connect, reconnect } from './commands/wires.ts'
import { refuseType } from './compat.ts'
import { emptyFlow, fromFile, toFile } from './file.ts'
import { createFlowStore } from './flow-store.ts'
import { groupRef } from './model.ts'
import { boxOf, noteBox, overlaps } from './shape.ts'
import { toyCatalogue as catalogue } from './testing/toy-catalogue.ts'

function open() {
  return createFlowStore(
    fromFile({
      ...emptyFlow('chain', 'Chain'),
      nodes: [
        { id: 'start', type: 'toy.start', at: [0, 0] },
        { id: 'middle', type: 'toy.step', at: [312, 0] },
        { id: 'end', type: 'toy.step', at: [624, 0] },
      ],
      edges: [
        { from: 'start.out', to: 'middle.in' },
        { from: 'middle.out', to: 'end.in' },
      ],
    }),
  )
}
const wires = (store: ReturnType<typeof open>) => [...store.getState().doc.edges.keys()]

test('the wire between a trigger and the step added behind it is straight, although their cards differ in height', () => {
  const store = createFlowStore(
    fromFile({ ...emptyFlow('two', 'Two'), nodes: [{ id: 'start', type: 'toy.start', at: [0, 96] }], edges: [] }),
  )
  addStep(store, catalogue, { type: 'toy.step', from: { node: 'start', port: 'out' } })
  const { doc } = store.getState()
  const [wire] = [...doc.edges.values()]
  if (wire === undefined) throw new Error('The step was not wired')
  const ends = wireEnds(doc, catalogue, wire)
  expect(ends?.to.y).toBe(ends?.from.y)
  expect([...doc.nodes.values()].map((step) => (step.at?.[1] ?? 0) % 8)).toEqual([0, 0])
})

test('a step added after another one is wired, selected, beside it and carries its defaults', () => {
  const store = open()
  const id = addStep(store, catalogue, { type: 'toy.step', from: { node: 'end', port: 'out' } })
  const { doc, selection, history } = store.getState()
  expect(wires(store)).toContain(`end.out>${id}.in`)
  expect([...selection]).toEqual([id])
  expect(doc.nodes.get(id)).toEqual({ id, type: 'toy.step', config: { text: 'hello' }, at: [936, 0] })
  expect(history.undo).toHaveLength(1)
})

test('a step added where nobody said where covers no note', () => {
  const store = open()
  const note = addNote(store, { x: 312, y: 136 }, 'Why this is so')
  const id = addStep(store, catalogue, { type: 'toy.step', from: { node: 'start', port: 'out' } })
  const { doc } = store.getState()
  const [step, text] = [doc.nodes.get(id), doc.notes.get(note)]
  if (step === undefined || text === undefined) throw new Error('The step or the note is gone')
  expect(overlaps(boxOf(step, catalogue), noteBox(text))).toBe(false)
})

test('a step put into a wire splits it, keeps the chain straight and makes room, as one entry', () => {
  const store = open()
  const id = addStep(store, catalogue, { type: 'toy.step', into: 'middle.out>end.in', at: { x: 560, y: 0 } })
  expect(wires(store)).toEqual(['start.out>middle.in', `middle.out>${id}.in`, `${id}.out>end.in`])
  const boxes = [...store.getState().doc.nodes.values()].map((step) => boxOf(step, catalogue))
  boxes.forEach((box, index) => {
    for (const other of boxes.slice(index + 1)) expect(overlaps(box, other, 8)).toBe(false)
  })
  expect(store.getState().doc.nodes.get(id)?.at?.[1]).toBe(0)
  expect(store.getState().history.undo).toHaveLength(1)
})

test('a step that stands on the canvas can be dropped into a wire, a trigger cannot', () => {
  const store = open()
  const id = addStep(store, catalogue, { type: 'toy.fork', at: { x: 300, y: 300 } })
  expect(insertOnEdge(store, catalogue, 'start.out>middle.in', id)).toBe(true)
  expect(wires(store)).toContain(`${id}.true>middle.in`)
  const trigger = addStep(store, catalogue, { type: 'toy.start', at: { x: 0, y: 300 } })
  expect(insertOnEdge(store, catalogue, `${id}.true>middle.in`, trigger)).toBe(false)
})

test('removing a middle step joins its neighbours; leaving the gap does not', () => {
  const closed = open()
  removeItems(closed, catalogue, ['middle'], { keepChain: true })
  expect(wires(closed)).toEqual(['start.out>end.in'])
  const gap = open()
  removeItems(gap, catalogue, ['middle'], { keepChain: false })
  expect(wires(gap)).toEqual([])
})

test('a detached step stays on the canvas and its chain closes', () => {
  const store = open()
  detach(store, catalogue, ['middle'])
  expect(wires(store)).toEqual(['start.out>end.in'])
  expect(store.getState().doc.nodes.has('middle')).toBe(true)
})

test('wires that make no sense are refused with the reason', () => {
  const store = open()
  const add = (type: string) => addStep(store, catalogue, { type, at: { x: 0, y: 400 } })
  const text = add('toy.text')
  const number = add('toy.number')
  const model = add('toy.model')
  const pay = add('toy.pay')
  const join = (from: string, to: string) => connect(store, catalogue, { node: from, port: 'out' }, { node: to, port: 'in' })?.id ?? null
  expect(join('start', 'middle')).toBe('canvas.refuse.exists')
  expect(join('end', 'start')).toBe('canvas.refuse.trigger')
  expect(join('end', 'end')).toBe('canvas.refuse.self')
  expect(join(text, number)).toBe('canvas.refuse.type')
  expect(join(model, pay)).toBe('canvas.refuse.money')
  expect(join('end', 'middle')).toBeNull()
  const source = store.getState().doc.nodes.get(text)
  expect(source && refuseType(source, 'out', 'toy.number', catalogue)?.id).toBe('canvas.refuse.type')
})

test('an end of a wire moves to another step, or to nowhere', () => {
  const store = open()
  reconnect(store, catalogue, 'middle.out>end.in', 'from', { node: 'start', port: 'out' })
  expect(wires(store)).toEqual(['start.out>middle.in', 'start.out>end.in'])
  reconnect(store, catalogue, 'start.out>end.in', 'to', null)
  expect(wires(store)).toEqual(['start.out>middle.in'])
  expect(store.getState().history.undo).toHaveLength(2)
})

test('a frame is drawn around steps and leaves them in place when it goes', () => {
  const store = open()
  const id = groupSteps(store, catalogue, ['start', 'middle']) ?? ''
  expect(store.getState().doc.groups.get(id)?.nodes).toEqual(['start', 'middle'])
  removeItems(store, catalogue, ['middle'], { keepChain: true })
  expect(store.getState().doc.groups.get(id)?.nodes).toEqual(['start'])
  ungroup(store, [id])
  expect([...store.getState().selection]).toEqual(['start'])
})

test('a frame has wires of its own, which survive saving and opening and go when it goes', () => {
  const store = open()
  const id = groupSteps(store, catalogue, ['middle']) ?? ''
  expect(connect(store, catalogue, { node: id, port: 'error' }, { node: 'end', port: 'in' })).toBeNull()
  expect(connect(store, catalogue, { node: 'end', port: 'out' }, { node: id, port: 'cancel' })).toBeNull()
  expect(connect(store, catalogue, { node: id, port: 'out' }, { node: 'end', port: 'in' })?.id).toBe('canvas.refuse.unknown')
  expect(connect(store, catalogue, { node: 'end', port: 'out' }, { node: id, port: 'in' })?.id).toBe('canvas.refuse.unknown')
  expect(connect(store, catalogue, { node: id, port: 'timeout' }, { node: 'start', port: 'in' })?.id).toBe('canvas.refuse.trigger')
  const file = toFile(store.getState().doc)
  expect(file.edges.slice(-2)).toEqual([
    { from: `${id}.error`, to: 'end.in' },
    { from: 'end.out', to: `${id}.cancel` },
  ])
  expect(toFile(fromFile(file))).toEqual(file)
  expect(wireEnds(store.getState().doc, catalogue, store.getState().doc.edges.get(`${id}.error>end.in`) as never)?.from.x).toBe(288 + 264)
  ungroup(store, [id])
  expect(wires(store)).toEqual(['start.out>middle.in', 'middle.out>end.in'])
})

test('what a frame does is set and taken away without a trace', () => {
  const store = open()
  const id = groupSteps(store, catalogue, ['middle']) ?? ''
  const before = toFile(store.getState().doc)
  setGroup(store, id, { undo: true, timeout: 'PT5M' })
  expect(toFile(store.getState().doc).groups?.[0]).toMatchObject({ undo: true, timeout: 'PT5M' })
  setGroup(store, id, { undo: undefined, timeout: undefined })
  expect(toFile(store.getState().doc)).toEqual(before)
})

test('a frame that is pasted beside itself takes its wires and what runs it along', () => {
  const store = open()
  const id = groupSteps(store, catalogue, ['middle', 'end']) ?? ''
  connect(store, catalogue, { node: id, port: 'error' }, { node: 'end', port: 'in' })
  store.change({ name: 'edit' } as never, (draft) => draft.set('nodes', 'end', ['config'], { group: id }))
  duplicate(store, [groupRef(id)])
  const copy = [...store.getState().doc.groups.keys()].find((each) => each !== id) ?? ''
  const [, end = ''] = store.getState().doc.groups.get(copy)?.nodes ?? []
  expect(store.getState().doc.nodes.get(end)?.config).toMatchObject({ group: copy })
  expect(wires(store)).toContain(`${copy}.error>${end}.in`)
})

test('disabling twice enables again', () => {
  const store = open()
  toggleDisabled(store, ['middle', 'end'])
  expect(store.getState().doc.nodes.get('end')?.disabled).toBe(true)
  toggleDisabled(store, ['middle', 'end'])
  expect(store.getState().doc.nodes.get('end')).not.toHaveProperty('disabled')
})

test('frames follow steps that were laid out anew, in the same entry', () => {
  const store = open()
  const id = groupSteps(store, catalogue, ['middle', 'end']) ?? ''
  const places = new Map([
    ['middle', { x: 0, y: 800 }],
    ['end', { x: 400, y: 800 }],
  ])
  moveItems(store, places, 'tidy', { after: (draft) => fitFrames(draft, catalogue) })
  expect(store.getState().doc.groups.get(id)).toMatchObject({ at: [-24, 752], size: [664, 160] })
  expect(store.getState().history.undo).toHaveLength(2)
})

test('of a note that carries both languages the one is written that is on screen, and any other is written whole', () => {
  const notes = [
    { id: 'both', text: { en: 'Why', 'zh-CN': '为什么' } },
    { id: 'one', text: 'Why' },
  ]
  const store = createFlowStore(fromFile({ ...emptyFlow('f', 'F'), notes }))
  writeNote(store, 'both', '原因', 'zh-CN')
  writeNote(store, 'one', '原因', 'zh-CN')
  expect(toFile(store.getState().doc).notes).toEqual([
    { id: 'both', text: { en: 'Why', 'zh-CN': '原因' } },
    { id: 'one', text: '原因' },
  ])
})
