import { expect, test } from 'vitest'
import { defineTable, type Query, type Records, type TableDefinition } from '../worker/index.ts'
import type { StoreUnderTest } from './store.conformance.ts'

interface Car {
  readonly id: string
  readonly plate: string | null
  readonly brand: string
  readonly price: number
  readonly weight: number
  readonly sold: boolean
  readonly extras: readonly string[] | null
}

const cars = defineTable<Car>({
  name: 'conformance_cars',
  columns: {
    id: { type: 'text' },
    plate: { type: 'text', nullable: true },
    brand: { type: 'text' },
    price: { type: 'integer' },
    weight: { type: 'real' },
    sold: { type: 'boolean' },
    extras: { type: 'json', nullable: true },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['plate'], unique: true }, { columns: ['brand', 'sold'] }],
})

const all: readonly Car[] = [
  { id: 'a', plate: '沪A12345', brand: 'Lark', price: 10, weight: 1.5, sold: true, extras: ['roof', 'a"b'] },
  { id: 'b', plate: null, brand: 'Lark', price: 20, weight: 2, sold: false, extras: null },
  { id: 'C', plate: null, brand: 'Möwe', price: 30, weight: -1, sold: false, extras: [] },
]

export function recordsConformance(
  name: string,
  // biome-ignore lint/suspicious/noExplicitAny: tables of different rows share no row type.
  makeStore: (tables: readonly TableDefinition<any>[]) => StoreUnderTest,
): void {
  const check = (says: string, body: (records: Records, store: StoreUnderTest['store']) => void): void => {
    test(`${name}: ${says}`, () => {
      const { store, close } = makeStore([cars])
      try {
        store.transaction(() => {
          for (const car of all) store.records.insert(cars, car)
        })
        body(store.records, store)
      } finally {
        close()
      }
    })
  }
  reads(check)
  writes(check)
}

type Check = (says: string, body: (records: Records, store: StoreUnderTest['store']) => void) => void

function reads(check: Check): void {
  check('rows come back as they were written, in the order they were first written', (records) => {
    expect(records.list(cars)).toEqual(all)
    expect(records.find(cars, { id: 'b' })).toEqual(all[1])
    expect(records.find(cars, { id: 'x' })).toBeNull()
  })

  const conditions: readonly [Query<Car>, readonly string[]][] = [
    [{ where: { sold: true } }, ['a']],
    [{ where: { brand: 'Lark', sold: false } }, ['b']],
    [{ where: { plate: null } }, ['b', 'C']],
    [{ where: { plate: { not: null } } }, ['a']],
    [{ where: { plate: { not: '沪A12345' } } }, ['b', 'C']],
    [{ where: { extras: null } }, ['b']],
    [{ where: { id: { in: ['a', 'C', 'zz'] } } }, ['a', 'C']],
    [{ where: { id: { in: [] } } }, []],
    [{ where: { price: { gt: 10, lte: 30 } } }, ['b', 'C']],
    [{ where: { price: { gte: 10, lt: 30 } } }, ['a', 'b']],
    [{ where: { weight: { lt: 0 } } }, ['C']],
    [{ where: { plate: { gt: '' } } }, ['a']],
    [{ where: { id: { contains: 'c' } } }, ['C']],
    [{ where: { brand: { contains: 'ÖW' } } }, []],
    [{ where: { brand: { contains: 'öw' } } }, ['C']],
    [{ orderBy: [['id', 'asc']] }, ['C', 'a', 'b']],
    [{ orderBy: [['plate', 'asc']] }, ['b', 'C', 'a']],
    [
      {
        orderBy: [
          ['sold', 'desc'],
          ['price', 'desc'],
        ],
      },
      ['a', 'C', 'b'],
    ],
    [{ orderBy: [['price', 'desc']], limit: 1, offset: 1 }, ['b']],
    [{ limit: 0 }, []],
  ]
  for (const [query, ids] of conditions) {
    check(`finds ${JSON.stringify(query)}`, (records) => {
      expect(records.list(cars, query).map(({ id }) => id)).toEqual(ids)
      if (query.limit === undefined) expect(records.count(cars, query.where)).toBe(ids.length)
    })
  }

  check('unknown columns and too large queries are refused by name', (records) => {
    expect(() => records.list(cars, { where: { wheels: 4 } as never })).toThrow(
      expect.objectContaining({ code: 'SLU_RECORD_COLUMN_UNKNOWN' }),
    )
    expect(() => records.list(cars, { limit: 100_001 })).toThrow(expect.objectContaining({ code: 'SLU_QUERY_LIMIT' }))
    expect(() => records.list(cars, { where: { id: undefined } as never })).toThrow(expect.objectContaining({ code: 'SLU_RECORD_INVALID' }))
  })
}

function writes(check: Check): void {
  const refused = (code: string) => expect.objectContaining({ code })

  check('a second row with the same key, or the same unique value, is refused; empty values are not the same', (records) => {
    const [car] = all
    if (car === undefined) return
    expect(() => records.insert(cars, car)).toThrow(refused('SLU_RECORD_EXISTS'))
    expect(() => records.insert(cars, { ...car, id: 'd' })).toThrow(refused('SLU_RECORD_EXISTS'))
    expect(() => records.update(cars, { id: 'b' }, { plate: '沪A12345' })).toThrow(refused('SLU_RECORD_EXISTS'))
    expect(() => records.upsert(cars, { ...car, id: 'b' })).toThrow(refused('SLU_RECORD_EXISTS'))
    expect(records.list(cars)).toEqual(all)
  })

  check('upsert replaces the row and keeps its place', (records) => {
    const changed: Car = { id: 'a', plate: null, brand: 'Lark', price: 11, weight: 0, sold: false, extras: null }
    records.upsert(cars, changed)
    expect(records.list(cars)).toEqual([changed, ...all.slice(1)])
    records.insert(cars, { ...changed, id: 'd', plate: '沪A12345' })
    expect(records.count(cars)).toBe(4)
  })

  check('update changes what matches and counts it; delete too', (records) => {
    expect(records.update(cars, { sold: false }, { price: 5, extras: ['x'] })).toBe(2)
    expect(records.find(cars, { id: 'C' })).toMatchObject({ price: 5, extras: ['x'], brand: 'Möwe' })
    expect(records.list(cars, { where: { brand: 'Lark', sold: false } })).toHaveLength(1)
    expect(records.update(cars, { id: 'x' }, { price: 5 })).toBe(0)
    expect(records.delete(cars, { price: 5 })).toBe(2)
    expect(records.list(cars).map(({ id }) => id)).toEqual(['a'])
  })

  check('a value of the wrong kind is refused, and nothing of the row is kept', (records) => {
    const [car] = all
    const wrong: readonly object[] = [{ price: 1.5 }, { price: '1' }, { sold: 1 }, { brand: null }, { weight: Number.NaN }, { wheels: 4 }]
    for (const patch of wrong) expect(() => records.insert(cars, { ...car, id: 'z', plate: null, ...patch } as Car)).toThrow()
    expect(records.count(cars)).toBe(3)
  })

  check('nobody can change a stored row by changing what was handed in or out', (records) => {
    const extras = ['radio']
    records.insert(cars, { id: 'd', plate: null, brand: 'X', price: 1, weight: 1, sold: false, extras })
    extras.push('gone')
    const found = (records.find(cars, { id: 'd' })?.extras ?? []) as string[]
    found.push('gone too')
    expect(records.find(cars, { id: 'd' })?.extras).toEqual(['radio'])
  })

  check('changes of rows are rolled back with their indexes', (records, store) => {
    expect(() =>
      store.transaction(() => {
        records.update(cars, { id: 'b' }, { brand: 'Other', plate: '京B1' })
        records.delete(cars, { id: 'a' })
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(records.list(cars)).toEqual(all)
    expect(records.list(cars, { where: { brand: 'Lark', sold: false } }).map(({ id }) => id)).toEqual(['b'])
    records.insert(cars, { ...all[2], id: 'e', plate: '京B1' } as Car)
    expect(() => records.insert(cars, { ...all[2], id: 'f', plate: '沪A12345' } as Car)).toThrow(refused('SLU_RECORD_EXISTS'))
  })
}
