import { issuePermit } from '@sluice/engine/testing'
import type { BegunRow } from '@sluice/engine/worker'
import { describe, expect, test } from 'vitest'
import { lineLimits, lines, placeOf } from './lines.ts'

const row = (id: string, url: string | null, more: Partial<BegunRow> = {}): BegunRow => {
  const made = {
    run: 'r',
    token: 't',
    node: 'n',
    attempt: 1,
    state: 'begun',
    notBefore: 0,
    begunAt: 0,
    fence: 0,
    refusedPort: null,
    onResult: null,
  } as const
  const act = { ...made, id, handler: 'core.http-request', request: url === null ? {} : { url }, use: null, idempotencyKey: id, ...more }
  return { ...act, permit: issuePermit(`p-${id}`, act, 0) }
}
const fill = (count: number, url: string) => {
  const it = lines()
  for (let index = 0; index < count; index++) it.join(row(`${index}`, url), false)
  return it
}
const drain = (it: ReturnType<typeof lines>) => {
  const taken: BegunRow[] = []
  for (let next = it.next(); next !== undefined; next = it.next()) taken.push(next)
  return taken
}

test('a place is the host and port of an address, or the handler', () => {
  expect(placeOf(row('1', 'https://a.example:8443/x?y'))).toBe('a.example:8443')
  expect([placeOf(row('1', null)), placeOf(row('1', 'no address'))]).toEqual(['core.http-request', 'core.http-request'])
})

test('one host gets its share of the places and no more; others go on beside it and take turns', () => {
  const it = fill(200, 'http://dead.example/')
  expect(drain(it)).toHaveLength(lineLimits.actsPerPlaceMax)
  for (const id of ['a', 'b']) for (const host of ['x', 'y']) it.join(row(`${host}${id}`, `http://${host}.example/`), false)
  expect(drain(it).map(({ id }) => id)).toEqual(['xa', 'ya', 'xb', 'yb'])
})

test('four dead hosts hold all the common places, and calls to other hosts still leave at once, a few to each', () => {
  const it = lines()
  const call = (host: string, count: number) => {
    for (let id = 0; id < count; id++) it.join(row(`${host} ${id}`, `http://${host}/`), false)
  }
  for (let host = 0; host < 4; host++) call(`dead${host}`, 100)
  expect(drain(it)).toHaveLength(lineLimits.actsMax)
  call('new', 10)
  const taken = drain(it)
  expect(taken.map(({ id }) => id)).toEqual(['new 0', 'new 1', 'new 2', 'new 3'])
  it.done(taken[0] as BegunRow, 'answered')
  expect(drain(it).map(({ id }) => id)).toEqual(['new 4'])
  for (let host = 0; host < 50; host++) call(`more${host}`, 10)
  drain(it)
  expect(it.acting).toBe(lineLimits.actsMax + lineLimits.keptActsMax)
})

test('all hosts together get no more than there is', () => {
  const it = lines()
  for (let host = 0; host < 10; host++) for (let id = 0; id < 32; id++) it.join(row(`${host} ${id}`, `http://h${host}/`), false)
  const taken = drain(it)
  expect(taken).toHaveLength(lineLimits.actsMax)
  it.done(taken[0] as BegunRow, 'answered')
  expect([it.acting, it.waiting]).toEqual([127, 192])
  expect(drain(it)).toHaveLength(1)
})

test('of a dead host’s line only so many stay; the others come back spread out', () => {
  const it = fill(1_000, 'http://dead.example/')
  drain(it)
  const gone = it.shorten(1_000)
  expect(gone).toHaveLength(1_000 - lineLimits.actsPerPlaceMax - lineLimits.linedUpPerPlaceMax)
  expect(gone[0]?.delayMs).toBe(lineLimits.awayMs.dead)
  expect(gone.at(-1)?.delayMs).toBeGreaterThan(2 * lineLimits.awayMs.dead)
  expect([it.waiting, it.long]).toEqual([lineLimits.linedUpPerPlaceMax, false])
})

test('of a quick host’s line nothing is put back, of a slow one’s what it will not get to', () => {
  const after = (ended: number) => {
    const it = fill(1_000, 'http://host/')
    const taken: BegunRow[] = []
    for (let index = 0; index < ended; index++) {
      taken.push(it.next() as BegunRow)
      it.done(taken.at(-1) as BegunRow, 'answered')
    }
    return it.shorten(1_000)
  }
  expect(after(200)).toEqual([])
  const gone = after(20)
  expect(gone).toHaveLength(880)
  expect([gone[0]?.delayMs, gone[200]?.delayMs, gone.at(-1)?.delayMs]).toEqual([1_000, 10_000, 43_950])
})

test('what a withdrawal ordered goes first and is never put back', () => {
  const it = fill(500, 'http://dead.example/')
  for (let index = 0; index < 100; index++) it.join(row(`w${index}`, 'http://dead.example/', { rank: -1 }), false)
  expect(drain(it).every(({ rank }) => rank === -1)).toBe(true)
  expect(it.shorten(1_000).some(({ row: { rank } }) => rank === -1)).toBe(false)
})

describe('a place that does not answer', () => {
  const many = 200
  const silent = () => {
    const it = fill(many, 'http://dead.example/')
    const first = drain(it)
    for (const taken of first) it.done(taken, 'silent')
    return { it, left: many - first.length }
  }

  test('gets two acts at once and a short line, until it answers: then twice as many each time', () => {
    const { it, left } = silent()
    const [taken] = drain(it) as [BegunRow, BegunRow]
    expect(it.acting).toBe(lineLimits.silentPerPlaceMin)
    expect(it.long).toBe(true)
    expect(it.shorten(1_000)).toHaveLength(left - lineLimits.silentPerPlaceMin - 4)
    expect([it.waiting, it.long]).toEqual([4, false])
    for (let id = 0; id < many; id++) it.join(row(`again ${id}`, 'http://dead.example/'), false)
    it.done(taken, 'answered')
    drain(it)
    expect(it.acting).toBe(4)
  })

  test('has its full share again after a few answers, and what was sent back says nothing about it', () => {
    const { it } = silent()
    for (const ending of ['unasked', 'unasked', 'answered', 'answered', 'answered', 'answered'] as const)
      it.done(it.next() as BegunRow, ending)
    drain(it)
    expect(it.acting).toBe(lineLimits.actsPerPlaceMax)
  })

  test('leaves the rest to others, however many such places there are', () => {
    const it = lines()
    const dead = Array.from({ length: 40 }, (_, host) => `http://dead${host}.example/`)
    for (const url of dead) for (let id = 0; id < 96; id++) it.join(row(`${url}${id}`, url), false)
    // Nobody answers, for as long as it takes to find out about each.
    for (let round = 0; round < 20; round++) for (const taken of drain(it)) it.done(taken, 'silent')
    it.shorten(1_000)
    drain(it)
    expect(it.acting).toBeLessThan(lineLimits.actsMax)
    for (let id = 0; id < 32; id++) it.join(row(`live ${id}`, 'http://live.example/'), false)
    expect(drain(it).every(({ id }) => id.startsWith('live'))).toBe(true)
    expect(it.waiting).toBeLessThan(40 * 4 + 32)
  })
})
