import { defineTable } from '@sluice/engine/worker'
import { afterEach, expect, test } from 'vitest'
import { merkleRoot } from '../audit/merkle.ts'
import { openTestDatabase, type TestDatabase } from '../test-database.ts'
import { journalGenesis, journalHash, type StoredJournalRow } from './journal.ts'

interface Car {
  id: string
  price: number
  sold: boolean
  extras: readonly string[] | null
}
const cars = defineTable<Car>({
  name: 'cars',
  columns: { id: { type: 'text' }, price: { type: 'integer' }, sold: { type: 'boolean' }, extras: { type: 'json', nullable: true } },
  primaryKey: ['id'],
  indexes: [{ columns: ['price'] }],
})

let open: TestDatabase[] = []
afterEach(() => {
  for (const one of open) one.close()
  open = []
})
function database(): TestDatabase {
  const made = openTestDatabase([cars])
  open.push(made)
  return made
}

test('the writer keeps every setting the promises rest on, also after the first write', () => {
  const { db, store } = database()
  store.transaction(() => store.records.insert(cars, { id: 'a', price: 1, sold: false, extras: null }))
  const read = (name: string) => db.pragma(name, { simple: true })
  expect(read('journal_mode')).toBe('wal')
  expect(read('synchronous')).toBe(2)
  expect(read('secure_delete')).toBe(1)
  expect(read('trusted_schema')).toBe(0)
  expect(read('cell_size_check')).toBe(1)
  expect(read('foreign_keys')).toBe(1)
})

test('a part that throws vanishes alone, a transaction that throws vanishes whole', () => {
  const { store } = database()
  store.transaction(() => {
    store.records.insert(cars, { id: 'a', price: 1, sold: false, extras: null })
    expect(() =>
      store.savepoint(() => {
        store.records.insert(cars, { id: 'b', price: 1, sold: false, extras: null })
        throw new Error('no')
      }),
    ).toThrow('no')
  })
  expect(store.records.list(cars).map((car) => car.id)).toEqual(['a'])
  expect(() =>
    store.transaction(() => {
      store.records.insert(cars, { id: 'c', price: 1, sold: false, extras: null })
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(store.records.count(cars)).toBe(1)
})

test('records come back as they were written, by every kind of condition', () => {
  const { store } = database()
  const all: Car[] = [
    { id: 'a', price: 10, sold: true, extras: ['roof'] },
    { id: 'b', price: 20, sold: false, extras: null },
    { id: 'C', price: 30, sold: false, extras: [] },
  ]
  for (const car of all) store.records.insert(cars, car)
  const ids = (where: Parameters<typeof store.records.list<Car>>[1]) => store.records.list(cars, where).map((car) => car.id)
  expect(store.records.list(cars)).toEqual(all)
  expect(store.records.find(cars, { id: 'b' })).toEqual(all[1])
  expect(store.records.find(cars, { id: 'x' })).toBeNull()
  expect(ids({ where: { sold: true } })).toEqual(['a'])
  expect(ids({ where: { extras: null } })).toEqual(['b'])
  expect(ids({ where: { extras: { not: null } } })).toEqual(['a', 'C'])
  expect(ids({ where: { id: { in: ['a', 'b'] } } })).toEqual(['a', 'b'])
  expect(ids({ where: { id: { in: [] } } })).toEqual([])
  expect(ids({ where: { price: { gt: 10, lte: 30 } } })).toEqual(['b', 'C'])
  expect(ids({ where: { id: { contains: 'c' } } })).toEqual(['C'])
  expect(ids({ orderBy: [['price', 'desc']], limit: 2 })).toEqual(['C', 'b'])
  expect(ids({ orderBy: [['sold', 'asc']] })).toEqual(['b', 'C', 'a'])
  expect(store.records.update(cars, { sold: false }, { price: 5, extras: ['x'] })).toBe(2)
  expect(store.records.find(cars, { id: 'C' })).toEqual({ id: 'C', price: 5, sold: false, extras: ['x'] })
  expect(store.records.delete(cars, { price: 5 })).toBe(2)
  expect(store.records.count(cars)).toBe(1)
})

test('a clash, an unknown column, a wrong type and an empty condition are refused by name', () => {
  const { store } = database()
  const car: Car = { id: 'a', price: 1, sold: false, extras: null }
  store.records.insert(cars, car)
  expect(() => store.records.insert(cars, car)).toThrow(expect.objectContaining({ code: 'SLU_RECORD_EXISTS', status: 409 }))
  expect(() => store.records.insert(cars, { ...car, id: 'b', wheels: 4 } as Car)).toThrow('no column wheels')
  expect(() => store.records.insert(cars, { ...car, id: 'b', price: 1.5 })).toThrow('whole number')
  expect(() => store.records.delete(cars, { id: undefined } as never)).toThrow('undefined')
  expect(() => store.records.list(cars, { limit: 100_001 })).toThrow('100000')
})

test('every row checksum equals the sum of its columns, however it was written', () => {
  const { db, store } = database()
  store.records.insert(cars, { id: 'a', price: 10, sold: true, extras: ['roof', '雪'] })
  store.records.upsert(cars, { id: 'a', price: 11, sold: false, extras: null })
  store.records.insert(cars, { id: 'b', price: 1, sold: false, extras: [] })
  store.records.update(cars, {}, { sold: true, price: 12 })
  const wrong = db.prepare('SELECT count(*) FROM pack_cars WHERE row_checksum <> row_sum("id", "price", "sold", "extras")').pluck().get()
  expect(wrong).toBe(0)
})

test('the audit log chains its entries, hides the customer and cannot be changed', () => {
  const { db, store } = database()
  const actor = { kind: 'user', id: 'u-1' } as const
  store.transaction(() => {
    store.audit.append({ at: 1, actor, kind: 'consent.granted', refs: { customer: 'c-1001' }, payload: { mobile: '13800138000' } })
    store.audit.append({ at: 2, actor: { kind: 'customer', id: 'c-1001' }, kind: 'consent.withdrawn', refs: {}, payload: null })
  })
  const rows = db.prepare('SELECT * FROM audit_log ORDER BY seq').all() as { prev_hash: Buffer; entry_hash: Buffer }[]
  expect(rows[1]?.prev_hash).toEqual(rows[0]?.entry_hash)
  expect(JSON.stringify(rows)).not.toMatch(/c-1001|13800138000/)
  expect(() => db.exec("UPDATE audit_log SET kind = 'x'")).toThrow('append-only')
  expect(() => db.exec('DELETE FROM audit_log')).toThrow('append-only')
})

test('a rolled back audit entry leaves no gap behind', () => {
  const { db, store } = database()
  const entry = { at: 1, actor: { kind: 'system', id: 'sluice' }, kind: 'k', refs: {}, payload: null } as const
  store.transaction(() => {
    expect(() =>
      store.savepoint(() => {
        store.audit.append(entry)
        throw new Error('no')
      }),
    ).toThrow()
    store.audit.append(entry)
  })
  expect(db.prepare('SELECT seq FROM audit_log').pluck().all()).toEqual([1])
})

test('a journal that skips or repeats an entry is refused', () => {
  const { store } = database()
  const entries = [{ kind: 'run.succeeded', version: 1, at: 5, output: null }] as const
  store.journal.append({ run: 'r', seq: 1, at: 5, entries })
  expect(() => store.journal.append({ run: 'r', seq: 1, at: 5, entries })).toThrow()
  expect(() => store.journal.append({ run: 'r', seq: 3, at: 5, entries })).toThrow('SLU_JOURNAL_GAP')
  store.journal.append({ run: 'r', seq: 2, at: 6, entries })
  expect(store.journal.read('r').map((row) => row.seq)).toEqual([1, 2])
})

test.each([10, 80_000, 400_000])('a journal row with a text of %i characters comes back and keeps its chain', (length) => {
  const { db, store } = database()
  const entry = (output: string) => ({ kind: 'run.succeeded', version: 1, at: 5, output }) as const
  const rows = ['x', '王', '\ud800', 'x'].map((letter, index) => ({
    run: index < 2 ? 'one' : 'another',
    seq: 1 + (index % 2),
    at: 5,
    entries: [entry(letter.repeat(length))],
  }))
  for (const row of rows) store.journal.append(row)
  expect(store.journal.read('one')).toEqual(rows.slice(0, 2))
  expect(store.journal.read('another')).toEqual(rows.slice(2))
  const stored = db.prepare<[], StoredJournalRow>('SELECT * FROM journal ORDER BY run, seq').all()
  for (const [index, row] of stored.entries()) {
    const before = row.seq === 1 ? journalGenesis : stored[index - 1]?.hash
    expect(journalHash(before ?? journalGenesis, row).equals(row.hash)).toBe(true)
  }
})

test('an empty Merkle tree has the hash of nothing', () => {
  expect(merkleRoot([]).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})
