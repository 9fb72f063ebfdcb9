import type { Engine, EngineReply, EngineRequest } from '@sluice/engine/worker'
import { expect, test, vi } from 'vitest'
import { loop, outgoing } from './loop.ts'
import { type FromEngine, type Numbered, queueLimits } from './protocol.ts'

const actor = { kind: 'system', id: 'test' } as const
const asked = (name: string): EngineRequest => ({ kind: 'command', name, payload: null, actor })

/** The loop around an engine that only notes what it is asked, with timers that a test sets. */
function setup(commitMs = 0) {
  const happened: string[] = []
  const due: number[] = []
  let now = 1_000
  const disk = { open: true, room: true }
  const engine: Engine = {
    execute(requests) {
      happened.push(`commit ${requests.map((request) => (request.kind === 'command' ? request.name : request.kind)).join(' ')}`)
      return requests.map((): EngineReply => ({ ok: true, result: null }))
    },
    fireDue(limit = 1) {
      if (!disk.room) throw Object.assign(new Error('full'), { code: 'SLU_DISK_FULL' })
      const rung = due.splice(0, Math.min(limit, due.filter((at) => at <= now).length))
      happened.push(`rang ${rung.length}`)
      return rung.length
    },
    recover: () => {},
    nextDueAt: () => due[0] ?? null,
    stats: () => ({ inFlight: 0 }) as never,
    rankOf: (request) =>
      request.kind === 'command' && request.name.startsWith('low')
        ? 2
        : request.kind === 'command' && request.name.startsWith('high')
          ? 0
          : 1,
  }
  const turns = loop({
    engine,
    out: outgoing(),
    disk: {
      get open() {
        return disk.open
      },
      full: () => {
        disk.open = false
      },
    } as never,
    checkpoint: { afterCommit: () => {}, walBytes: () => 0, finish: () => {} },
    post(message: FromEngine) {
      if (message.kind === 'turn') happened.push(`answered ${message.replies.map(([number]) => number).join(' ')}`)
    },
    drain: () => {},
    now: () => now,
    commitMs: () => commitMs,
    consumed: new Set(),
    fatal: (error) => {
      throw error
    },
  })
  const turn = () => new Promise<void>((settle) => setImmediate(settle))
  const push = (...names: readonly string[]) => turns.push(names.map((name, at): Numbered<EngineRequest> => [at, asked(name)]))
  return { turns, turn, push, happened, due, disk, pass: (ms: number) => (now += ms) }
}

test('what is urgent commits first, in a commit of its own', async () => {
  const { turns, turn, push, happened } = setup()
  push('runs.start', 'consent.withdraw', 'runs.start')
  await turn()
  expect(happened).toEqual(['commit consent.withdraw', 'commit runs.start runs.start', 'answered 0 2 1'])
  turns.stop()
})

test('of many that wait, half are answered while the others are at work, unless the disk takes longer than the work', async () => {
  const many = Array.from({ length: 100 }, (_, at) => `runs.start ${at}`)
  const sizes = async (commitMs: number, turns_: number) => {
    const { turns, turn, push, happened } = setup(commitMs)
    push(...many)
    for (let count = 0; count < turns_; count += 1) await turn()
    turns.stop()
    return happened.filter((line) => line.startsWith('answered')).map((line) => line.split(' ').length - 1)
  }
  expect(await sizes(0, 4)).toEqual([50, 25, 24, 1])
  expect(await sizes(1_000, 1)).toEqual([100])
})

test('what runs did leaves the thread only while somebody wants it, what is said of a topic for whoever listens', () => {
  const out = outgoing()
  const run = { kind: 'run', run: 'r', flow: 'f', version: 1, status: 'running', seq: 1, entries: [] } as const
  const topic = { kind: 'topic', topic: 'tasks', data: {} } as const
  const left = (watched: typeof out.watched) => {
    out.watched = watched
    out.feed([run, topic])
    return out.take().feed
  }
  expect(left(null)).toEqual([])
  expect(left('topics')).toEqual([topic])
  expect(left('all')).toEqual([run, topic])
})

test('an urgent answer leaves when what was due by its commit is done; others do not wait for it', async () => {
  const { turns, turn, push, happened, due } = setup()
  due.push(...Array.from({ length: queueLimits.timersPerTurn + 10 }, () => 1_000), 1_001)
  push('consent.withdraw', 'runs.start')
  await turn()
  expect(happened.slice(-1)).toEqual(['answered 1'])
  for (let turns_ = 0; turns_ < 100 && !happened.includes('answered 0'); turns_ += 1) await turn()
  expect(happened.slice(-1)).toEqual(['answered 0'])
  expect(due).toEqual([1_001])
  turns.stop()
})

test('a withdrawal that comes between due timers is fenced before the rest of them rings', async () => {
  const { turns, turn, push, happened, due } = setup()
  due.push(...Array.from({ length: 2_000 }, () => 1_000))
  push('consent.withdraw')
  await turn()
  push('consent.decide')
  await turn()
  expect(happened.filter((line) => line.startsWith('commit'))).toEqual(['commit consent.withdraw', 'commit consent.decide'])
  expect(due.length).toBeGreaterThan(0)
  turns.stop()
})

test('an urgent answer waits no longer than its bound, and a stop keeps none back', async () => {
  const { turns, turn, push, happened, due, pass } = setup()
  due.push(...Array.from({ length: 50_000 }, () => 1_000))
  push('consent.withdraw')
  await turn()
  expect(happened.some((line) => line.startsWith('answered'))).toBe(false)
  pass(queueLimits.holdMsMax)
  await turn()
  expect(happened.slice(-1)).toEqual(['answered 0'])
  push('consent.decide')
  turns.stop()
  expect(happened.slice(-1)).toEqual(['answered 0'])
})

test('a timer rings within a second after the clock was set forward or the machine slept, and not before its time after it was set back', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const { turns, turn, push, happened, due, pass } = setup()
    due.push(1_000 + 86_400_000)
    push('runs.start')
    await turn()
    pass(-3_600_000)
    vi.advanceTimersByTime(10_000)
    await turn()
    expect(happened.filter((line) => line.startsWith('rang'))).toEqual([])
    pass(3_600_000 + 86_400_000)
    vi.advanceTimersByTime(1_000)
    await turn()
    expect(happened.filter((line) => line.startsWith('rang'))).toEqual(['rang 1'])
    turns.stop()
  } finally {
    vi.useRealTimers()
  }
})

test('an urgent answer is not kept for an hour because the clock was set back by one', async () => {
  const { turns, turn, push, happened, due, pass } = setup()
  due.push(...Array.from({ length: 5_000 }, () => 1_000))
  push('consent.withdraw')
  await turn()
  expect(happened.some((line) => line.startsWith('answered'))).toBe(false)
  pass(-3_600_000)
  await turn()
  expect(happened.slice(-1)).toEqual(['answered 0'])
  turns.stop()
})

test('timers that find the disk full are tried each second; once there is room they ring at full pace, though no events are taken yet', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const { turns, turn, happened, due, disk } = setup()
    due.push(...Array.from({ length: 3_000 }, () => 1_000))
    disk.room = false
    turns.flush()
    for (let count = 0; count < 5; count += 1) await turn()
    expect([disk.open, due.length]).toEqual([false, 3_000])
    disk.room = true
    vi.advanceTimersByTime(999)
    await turn()
    expect(due).toHaveLength(3_000)
    vi.advanceTimersByTime(1)
    for (let count = 0; count < 200 && due.length > 0; count += 1) await turn()
    expect([disk.open, due.length]).toEqual([false, 0])
    expect(happened.filter((line) => line.startsWith('rang')).length).toBeGreaterThan(1)
    turns.stop()
  } finally {
    vi.useRealTimers()
  }
})
