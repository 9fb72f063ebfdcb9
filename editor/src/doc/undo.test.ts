import { expect, test } from 'vitest'
import { configure, rename } from './commands/edit.ts'
import { addNote } from './commands/frames.ts'
import { emptyFlow, fromFile, toFile } from './file.ts'
import { createFlowStore, type FlowStore } from './flow-store.ts'
import { randomCommand, seeded } from './testing/random-command.ts'

const bytes = (store: FlowStore) => JSON.stringify(toFile(store.getState().doc))

function chain(): ReturnType<typeof emptyFlow> {
  return {
    ...emptyFlow('chain', 'Chain'),
    nodes: [
      { id: 'start', type: 'toy.start', at: [0, 0] },
      { id: 'middle', type: 'toy.step', config: { text: 'a', more: 1 }, at: [312, 0] },
      { id: 'end', type: 'toy.end', at: [624, 0] },
    ],
    edges: [
      { from: 'start.out', to: 'middle.in' },
      { from: 'middle.out', to: 'end.in' },
    ],
  }
}

test.each([1, 2, 3, 4, 5])(
  '200 random commands, then as many undos, give the same bytes; redo gives the others again (seed %i)',
  (seed) => {
    const random = seeded(seed)
    let clock = 0
    // Far enough apart that nothing merges: each command is its own entry.
    const store = createFlowStore(fromFile(chain()), { now: () => (clock += 5_000) })
    const before = bytes(store)
    const seen = [before]
    while (seen.length <= 200) {
      const { revision } = store.getState()
      randomCommand(store, random)
      if (store.getState().revision > revision) seen.push(bytes(store))
    }
    for (let step = 199; step >= 0; step--) {
      expect(store.undo()).not.toBeNull()
      expect(bytes(store)).toBe(seen[step])
    }
    expect(store.undo()).toBeNull()
    for (let step = 1; step <= 200; step++) {
      store.redo()
      expect(bytes(store)).toBe(seen[step])
    }
    expect(store.redo()).toBeNull()
  },
)

test('typing into one field is one entry until a pause, and moving the focus starts a new one', () => {
  let clock = 0
  const store = createFlowStore(fromFile(chain()), { now: () => clock })
  for (const text of ['h', 'he', 'hel', 'hell', 'hello']) {
    clock += 120
    configure(store, 'middle', ['text'], text)
  }
  expect(store.getState().history.undo).toHaveLength(1)
  store.seal()
  configure(store, 'middle', ['text'], 'hello!')
  expect(store.getState().history.undo).toHaveLength(2)
  clock += 900
  configure(store, 'middle', ['text'], 'hello!!')
  expect(store.getState().history.undo).toHaveLength(3)
  store.undo()
  store.undo()
  expect(store.getState().doc.nodes.get('middle')?.config).toEqual({ text: 'hello', more: 1 })
  store.undo()
  expect(bytes(store)).toBe(JSON.stringify(chain()))
})

test('taking a value away and undoing puts its key back where it stood', () => {
  const store = createFlowStore(fromFile(chain()))
  configure(store, 'middle', ['text'], undefined)
  expect(store.getState().doc.nodes.get('middle')?.config).toEqual({ more: 1 })
  store.undo()
  expect(bytes(store)).toBe(JSON.stringify(chain()))
})

test('an entry is labelled and brings its selection back', () => {
  const store = createFlowStore(fromFile(chain()))
  store.select(['middle'])
  rename(store, 'middle', 'Mask data')
  store.select(['end'])
  expect(store.undo()?.label).toEqual({ id: 'canvas.do.rename' })
  expect([...store.getState().selection]).toEqual(['middle'])
})

test('a new change after an undo ends what could be redone', () => {
  const store = createFlowStore(fromFile(chain()))
  addNote(store, { x: 0, y: 0 })
  store.undo()
  rename(store, 'end', 'Finish')
  expect(store.redo()).toBeNull()
})

test('a change that changes nothing is no entry', () => {
  const store = createFlowStore(fromFile(chain()))
  rename(store, 'start', undefined)
  configure(store, 'gone', ['text'], 'x')
  expect(store.getState().history.undo).toHaveLength(0)
})

test('only the collections a change touches get a new identity', () => {
  const store = createFlowStore(fromFile(chain()))
  const { doc } = store.getState()
  rename(store, 'end', 'Finish')
  const after = store.getState().doc
  expect(after.edges).toBe(doc.edges)
  expect(after.nodes.get('start')).toBe(doc.nodes.get('start'))
  expect(after.nodes.get('end')).not.toBe(doc.nodes.get('end'))
})
