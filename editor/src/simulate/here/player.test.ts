import type { PlayRequest, WorkerSays } from '@sluice/nodes/simulate/messages'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Asked, createPlayer, type PlayWorker } from './player.ts'

const asked = (flow: string): Asked => ({ flow, asked: {}, called: [], calendars: [], now: 0 })

class FakeWorker implements PlayWorker {
  onmessage: PlayWorker['onmessage'] = null
  onerror: PlayWorker['onerror'] = null
  readonly heard: PlayRequest[] = []
  isEnded = false
  postMessage(request: PlayRequest): void {
    this.heard.push(request)
  }
  terminate(): void {
    this.isEnded = true
  }
  say(data: WorkerSays): void {
    this.onmessage?.({ data } as MessageEvent<WorkerSays>)
  }
  answer(text: string): void {
    this.say({ id: this.heard.at(-1)?.id ?? 0, answer: { ok: true, text } })
  }
}

let workers: FakeWorker[]
const player = () =>
  createPlayer(
    () => {
      const worker = new FakeWorker()
      workers.push(worker)
      return worker
    },
    { timeMs: 20_000, loadMs: 60_000 },
  )
const latest = () => workers.at(-1) as FakeWorker

beforeEach(() => {
  workers = []
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('nothing starts before somebody asks, one worker plays one after the other', async () => {
  const it = player()
  expect(workers).toEqual([])
  const both = Promise.all([it.play(asked('a')), it.play(asked('b'))])
  expect(latest().heard).toEqual([])
  latest().say({ id: null })
  expect(latest().heard.map(({ flow }) => flow)).toEqual(['a'])
  latest().answer('1')
  expect(latest().heard.map(({ flow }) => flow)).toEqual(['a', 'b'])
  latest().answer('2')
  expect(await both).toEqual([
    { ok: true, text: '1' },
    { ok: true, text: '2' },
  ])
  expect(workers).toHaveLength(1)
})

test('what takes too long is ended with its worker, and who waited is played by a fresh one', async () => {
  const it = player()
  it.warm()
  latest().say({ id: null })
  const endless = it.play(asked('endless'))
  const next = it.play(asked('next'))
  vi.advanceTimersByTime(20_000)
  expect(await endless).toEqual({ ok: false, why: 'too-long' })
  expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, false])
  latest().say({ id: null })
  latest().answer('done')
  expect(await next).toEqual({ ok: true, text: 'done' })
})

test('loading takes as long as it takes and does not count; a worker that never comes is said to be lost, and asked for again', async () => {
  const it = player()
  const slow = it.play(asked('slow'))
  vi.advanceTimersByTime(59_000)
  latest().say({ id: null })
  latest().answer('late')
  expect(await slow).toEqual({ ok: true, text: 'late' })

  const other = player()
  const all = Promise.all([other.play(asked('a')), other.play(asked('b'))])
  latest().onerror?.({} as ErrorEvent)
  expect(await all).toEqual([
    { ok: false, why: 'lost' },
    { ok: false, why: 'lost' },
  ])
  const count = workers.length
  const again = other.play(asked('c'))
  expect(workers).toHaveLength(count + 1)
  vi.advanceTimersByTime(60_000)
  expect(await again).toEqual({ ok: false, why: 'lost' })
})

test('a worker that breaks costs the simulation it played, not the next', async () => {
  const it = player()
  const broken = it.play(asked('broken'))
  latest().say({ id: null })
  const next = it.play(asked('next'))
  latest().onerror?.({} as ErrorEvent)
  expect(await broken).toEqual({ ok: false, why: 'lost' })
  latest().say({ id: null })
  latest().answer('fine')
  expect(await next).toEqual({ ok: true, text: 'fine' })
})
