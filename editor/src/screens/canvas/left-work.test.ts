import { expect, test } from 'vitest'
import type { FlowEditor } from '../../canvas/flow-editor.ts'
import { createFlowStore, fromFile, type JournalRecord } from '../../doc/index.ts'
import { memoryJournal } from '../../doc/journal.ts'
import * as part from './left-behind.ts'
import { type LeftRecord, leftWork } from './left-work.ts'

const file = { format: 'sluice/flow@1', key: 'chain', name: 'Chain', nodes: [{ id: 'a', type: 'toy.step' }], edges: [] } as const
const base = { ...file, nodes: [...file.nodes], edges: [] } as JournalRecord['base']

function named(name: string, at: number): JournalRecord {
  return { flow: 'chain', base, etag: null, patches: [{ op: 'set', in: 'nodes', id: 'a', path: ['name'], value: name }], at }
}

/** The browser of one person; each `open` is another visit of the flow. */
function world() {
  const journal = memoryJournal()
  let left: LeftRecord | null = null
  const network = { isUp: true }
  const shelf = {
    read: async () => left,
    write: async (record: LeftRecord) => {
      left = record
    },
    clear: async () => {
      left = null
    },
  }
  const load = async () => {
    if (!network.isUp) throw new Error('Failed to fetch dynamically imported module')
    return part
  }
  const open = () => leftWork('chain', { journal, shelf, load })
  const flow = createFlowStore(fromFile(base))
  return { journal, network, open, editor: { flow, saving: null } as FlowEditor, name: () => flow.getState().doc.nodes.get('a')?.name }
}

test('work that cannot be brought back without a network stays offered, and comes back with the network', async () => {
  const { journal, network, open, editor, name } = world()
  await journal.write(named('Mine', 1))
  const visit = open()
  const found = await visit.find(base, editor, () => {})
  expect(found).toHaveLength(1)
  network.isUp = false
  await expect(visit.settle(found, 'restore', editor)).rejects.toThrow('Failed to fetch')
  expect(name()).toBeUndefined()
  expect(await journal.read('chain')).not.toBeNull()
  network.isUp = true
  expect(await visit.settle(found, 'restore', editor)).toEqual([])
  expect(name()).toBe('Mine')
})

test('what was left behind is offered until somebody decides, also when more was drawn and left in the meantime', async () => {
  const { journal, network, open, editor, name } = world()
  await journal.write(named('First', 1))
  network.isUp = false
  await expect(open().find(base, editor, () => {})).rejects.toThrow('Failed to fetch')
  network.isUp = true
  await open().find(base, editor, () => {})
  // Undecided, the person draws on: the journal is written over, then that is left behind too.
  await journal.write(named('Second', 2))
  const visit = open()
  const found = await visit.find(base, editor, () => {})
  expect(found.map(({ record }) => record.at)).toEqual([1, 2])
  const rest = await visit.settle(found, 'discard', editor)
  expect(rest.map(({ record }) => record.at)).toEqual([2])
  expect(await journal.read('chain')).toMatchObject({ at: 2 })
  expect(await open().find(base, editor, () => {})).toHaveLength(1)
  expect(await visit.settle(rest, 'restore', editor)).toEqual([])
  expect(name()).toBe('Second')
})

test('work thrown away, and work that the server has, is offered to nobody again', async () => {
  const { journal, open, editor } = world()
  await journal.write(named('Mine', 1))
  const visit = open()
  await visit.settle(await visit.find(base, editor, () => {}), 'discard', editor)
  await expect.poll(() => open().find(base, editor, () => {})).toEqual([])
  await journal.write(named('Saved', 2))
  expect(await open().find({ ...base, nodes: [{ id: 'a', type: 'toy.step', name: 'Saved' }] }, editor, () => {})).toEqual([])
  expect(await journal.read('chain')).toBeNull()
})

test('what the closing page had sent and the server only then heard of is not offered any more', async () => {
  const { journal, open, editor } = world()
  await journal.write(named('Mine', 1))
  const arrived: string[] = []
  const found = await open().find(base, editor, ({ record }) => arrived.push(record.flow))
  expect(found).toHaveLength(1)
  await new Promise((done) => setTimeout(done))
  expect(arrived).toEqual([])
  const there = fromFile({ ...base, nodes: [{ id: 'a', type: 'toy.step', name: 'Mine' }] })
  editor.flow.receive(there, editor.flow.getState().history)
  expect(arrived).toEqual(['chain'])
  await expect.poll(() => open().find(base, editor, () => {})).toEqual([])
})
