import { expect, test } from 'vitest'
import { rename } from './commands/edit.ts'
import { emptyFlow, fromFile, toFile } from './file.ts'
import { createFlowStore } from './flow-store.ts'
import { keepPast, type PastRecord } from './past.ts'

const file = { ...emptyFlow('chain', 'Chain'), nodes: [{ id: 'a', type: 'toy.step' }] }

function shelf() {
  const records = new Map<string, PastRecord>()
  return {
    records,
    read: async (flow: string) => records.get(flow) ?? null,
    write: async (record: PastRecord) => void records.set(record.flow, structuredClone(record)),
    clear: async (flow: string) => void records.delete(flow),
  }
}
const now = () => 7
const after = () => () => {}

test('undo, redo and named states survive a reload of the same document', async () => {
  const kept = shelf()
  const first = createFlowStore(fromFile(file))
  const past = keepPast(first, { shelf: kept, now, after })
  await past.recall()
  rename(first, 'a', 'One')
  first.seal()
  past.mark('Before lunch')
  rename(first, 'a', 'Two')
  first.undo()
  past.flush()
  const second = createFlowStore(fromFile(JSON.parse(JSON.stringify(toFile(first.getState().doc)))))
  const again = keepPast(second, { shelf: kept, now, after })
  await again.recall()
  expect(again.getState().checkpoints).toMatchObject([{ name: 'Before lunch', file: { nodes: [{ name: 'One' }] } }])
  second.redo()
  expect(second.getState().doc.nodes.get('a')?.name).toBe('Two')
  second.undo()
  second.undo()
  expect(toFile(second.getState().doc)).toEqual(file)
})

test('the past that is asked for again shows no named state twice', async () => {
  const kept = shelf()
  const first = createFlowStore(fromFile(file))
  const past = keepPast(first, { shelf: kept, now, after })
  await past.recall()
  past.mark('Before lunch')
  const again = keepPast(createFlowStore(fromFile(file)), { shelf: kept, now, after })
  await again.recall()
  await again.recall()
  expect(again.getState().checkpoints).toHaveLength(1)
})

test('undo is not offered on a document it does not belong to', async () => {
  const kept = shelf()
  const first = createFlowStore(fromFile(file))
  const past = keepPast(first, { shelf: kept, now, after })
  await past.recall()
  rename(first, 'a', 'One')
  past.flush()
  const other = createFlowStore(fromFile({ ...file, name: 'Changed elsewhere' }))
  await keepPast(other, { shelf: kept, now, after }).recall()
  expect(other.getState().history.undo).toEqual([])
})

test('a visit that has not read the past yet does not write over it', async () => {
  const kept = shelf()
  const first = createFlowStore(fromFile(file))
  const past = keepPast(first, { shelf: kept, now, after })
  await past.recall()
  past.mark('Kept')
  const second = createFlowStore(fromFile(file))
  const early = keepPast(second, { shelf: kept, now, after })
  rename(second, 'a', 'Too early')
  early.flush()
  expect(kept.records.get('chain')?.checkpoints).toHaveLength(1)
  await early.recall()
  expect(early.getState().checkpoints).toHaveLength(1)
})
