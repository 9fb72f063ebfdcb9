import { expect, test, vi } from 'vitest'
import { Stream, type StreamMessage, unionOf, wanted } from './stream.ts'
import { mergeBySeq } from './stream-merge.ts'
import { allowedWish } from './use-stream.ts'

/** A connection that does what the test says. */
class Line {
  readonly #listeners = new Map<string, ((event: { data: string }) => void)[]>()
  isOpen = true
  readonly url: string
  constructor(url: string) {
    this.url = url
  }
  addEventListener(name: string, listener: (event: { data: string }) => void): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener])
  }
  close(): void {
    this.isOpen = false
  }
  emit(name: string, data: unknown = null): void {
    for (const listener of this.#listeners.get(name) ?? []) listener({ data: typeof data === 'string' ? data : JSON.stringify(data) })
  }
}

function world(position: string | null = null) {
  vi.useFakeTimers()
  const lines: Line[] = []
  const cut = vi.fn()
  const stream = new Stream('/stream', {
    open: (url) => {
      const line = new Line(url)
      lines.push(line)
      return line as unknown as EventSource
    },
    now: () => Date.now(),
    later: (act, milliseconds) => setTimeout(act, milliseconds),
    stop: (timer) => clearTimeout(timer),
    position: () => position,
    cut,
  })
  const last = () => {
    const line = lines.at(-1)
    if (line === undefined) throw new Error('nothing was opened')
    return line
  }
  return { stream, lines, last, cut, settle: () => vi.advanceTimersByTime(50) }
}

const runMessage = { run: 'r-1', flow: 'f-1', version: 1, status: 'running', seq: 2, entries: [] }

test('all wishes of a tab share one connection', () => {
  const { stream, lines, last, settle } = world()
  stream.listen({ topics: ['tasks'] }, () => {})
  stream.listen({ run: 'r-1', topics: ['alerts'] }, () => {})
  settle()
  expect(lines).toHaveLength(1)
  expect(last().url).toBe('/stream?run=r-1&topics=alerts%2Ctasks')
})

test('two runs at once ask for everything, and each listener still gets only its own', () => {
  expect(unionOf([{ run: 'r-1' }, { run: 'r-2' }])).toEqual({})
  expect(unionOf([{ runs: true, topics: ['tasks'] }])).toEqual({})
  expect(unionOf([{ topics: [] }])).toBeNull()
  const other: StreamMessage = { kind: 'run', ...runMessage, status: 'running', run: 'r-9', flow: 'f-9' }
  expect(wanted({ run: 'r-1' }, other)).toBe(false)
  expect(wanted({ flow: 'f-9' }, other)).toBe(true)
})

test('a topic that may not be read is not asked for, because it would cost the whole stream', () => {
  const may = (permission: string) => permission === 'tasks.read'
  expect(allowedWish({ runs: true, topics: ['tasks', 'alerts'] }, may)).toEqual({ topics: ['tasks'] })
})

test('whoever reads their own runs alone may listen to all of those, never to a flow', () => {
  const may = (permission: string) => permission === 'runs.own'
  expect(allowedWish({ runs: true }, may)).toEqual({ runs: true, topics: [] })
  expect(allowedWish({ run: 'r-1' }, may)).toEqual({ run: 'r-1', topics: [] })
  expect(allowedWish({ flow: 'f' }, may)).toEqual({ topics: [] })
})

test('a cut shows as paused with its moment, and what was missed is announced when the line is back', () => {
  const { stream, last, settle } = world()
  const got: StreamMessage[] = []
  stream.listen({ run: 'r-1' }, (message) => got.push(message))
  settle()
  last().emit('open')
  expect(stream.live.state).toBe('live')
  last().emit('error')
  expect(stream.live).toEqual({ state: 'paused', since: Date.now() })
  vi.advanceTimersByTime(1_000)
  last().emit('open')
  expect(stream.live.state).toBe('live')
  expect(got).toEqual([{ kind: 'resumed' }])
})

test('each cut is told, because nobody may be signed in any more', () => {
  const { stream, last, settle, cut } = world()
  stream.listen({ run: 'r-1' }, () => {})
  settle()
  last().emit('open')
  expect(cut).not.toHaveBeenCalled()
  last().emit('error')
  expect(cut).toHaveBeenCalledTimes(1)
})

test('it waits longer after each failure, fifteen seconds at the most', () => {
  const { stream, lines, last, settle } = world()
  stream.listen({ run: 'r-1' }, () => {})
  settle()
  const waits = [1_000, 2_000, 4_000, 8_000, 15_000, 15_000]
  for (const wait of waits) {
    const count = lines.length
    last().emit('error')
    vi.advanceTimersByTime(wait - 1)
    expect(lines).toHaveLength(count)
    vi.advanceTimersByTime(1)
    expect(lines).toHaveLength(count + 1)
  }
})

test('a connection that is replaced is heard until the next one is open, so nothing is lost in between', () => {
  const { stream, lines, settle } = world()
  const got: StreamMessage[] = []
  stream.listen({ run: 'r-1' }, (message) => got.push(message))
  settle()
  lines[0]?.emit('open')
  stream.listen({ topics: ['tasks'] }, () => {})
  settle()
  lines[0]?.emit('run', runMessage)
  expect(got).toMatchObject([{ kind: 'run', run: 'r-1' }])
  expect(lines.map((line) => line.isOpen)).toEqual([true, true])
  lines[1]?.emit('open')
  expect(lines.map((line) => line.isOpen)).toEqual([false, true])
  expect(stream.live.state).toBe('live')
  expect(got).toHaveLength(1)
})

test('who comes to an open line reads again once it brings what they ask for, and nobody else does', () => {
  const { stream, lines, last, settle } = world()
  const got: string[] = []
  stream.listen({ topics: ['tasks'] }, ({ kind }) => got.push(`first ${kind}`))
  settle()
  last().emit('open')
  stream.listen({ flow: 'f-1' }, ({ kind }) => got.push(`second ${kind}`))
  settle()
  stream.listen({ topics: ['alerts'] }, ({ kind }) => got.push(`third ${kind}`))
  settle()
  expect(lines.map((line) => line.isOpen)).toEqual([true, false, true])
  last().emit('open')
  expect(got).toEqual(['second resumed', 'third resumed'])
  // One whose wish is on the line already has missed nothing.
  stream.listen({ topics: ['tasks'] }, ({ kind }) => got.push(`fourth ${kind}`))
  settle()
  stream.listen({ topics: ['messages'] }, ({ kind }) => got.push(`fifth ${kind}`))
  settle()
  last().emit('open')
  expect(got.slice(2)).toEqual(['fifth resumed'])
})

test('a line that is cut while the next one opens was missed by all', () => {
  const { stream, lines, last, settle } = world()
  const got: StreamMessage[] = []
  stream.listen({ run: 'r-1' }, (message) => got.push(message))
  settle()
  last().emit('open')
  stream.listen({ topics: ['tasks'] }, () => {})
  settle()
  lines[0]?.emit('error')
  expect(stream.live.state).toBe('live')
  last().emit('open')
  expect(got).toEqual([{ kind: 'resumed' }])
  expect(lines.map((line) => line.isOpen)).toEqual([false, true])
})

test('half a message is dropped, a whole one delivered', () => {
  const { stream, last, settle } = world()
  const got: StreamMessage[] = []
  stream.listen({ run: 'r-1', topics: ['tasks'] }, (message) => got.push(message))
  settle()
  last().emit('run', '{"run":"r-1"')
  last().emit('run', runMessage)
  last().emit('topic', { topic: 'tasks', task: 't-1' })
  expect(got).toMatchObject([
    { kind: 'run', run: 'r-1', seq: 2 },
    { kind: 'topic', topic: 'tasks', data: { task: 't-1' } },
  ])
})

test('without listeners there is no connection', () => {
  const { stream, last, settle } = world()
  const stop = stream.listen({ run: 'r-1' }, () => {})
  settle()
  stop()
  settle()
  expect(last().isOpen).toBe(false)
  expect(stream.live.state).toBe('idle')
})

test('entries are taken once and in order, however they arrive', () => {
  const entry = (seq: number) => ({ seq })
  expect(mergeBySeq([entry(1), entry(2)], [entry(3), entry(4)])).toEqual([1, 2, 3, 4].map(entry))
  expect(mergeBySeq([entry(1), entry(2), entry(4)], [entry(3), entry(2)])).toEqual([1, 2, 3, 4].map(entry))
  const known = [entry(1)]
  expect(mergeBySeq(known, [])).toBe(known)
})

test('a page kept aside gives its connection away, and hears what it missed when it is shown again', () => {
  const { stream, lines, last, settle } = world()
  const got: StreamMessage[] = []
  stream.listen({ run: 'r-1' }, (message) => got.push(message))
  settle()
  last().emit('open')
  stream.rest()
  expect(lines.map((line) => line.isOpen)).toEqual([false])
  vi.advanceTimersByTime(60_000)
  expect(lines).toHaveLength(1)
  stream.wake()
  settle()
  expect(lines).toHaveLength(2)
  last().emit('open')
  expect(got).toEqual([{ kind: 'resumed' }])
})

test('the first line tells what came since the answers on the page, the next ones need not', () => {
  const { stream, lines, last, settle } = world('b-7')
  stream.listen({ topics: ['tasks'] }, () => {})
  settle()
  expect(last().url).toBe('/stream?topics=tasks&after=b-7')
  last().emit('open')
  stream.listen({ run: 'r-1' }, () => {})
  settle()
  expect(lines).toHaveLength(2)
  expect(last().url).toBe('/stream?run=r-1&topics=tasks')
  last().emit('open')
  last().emit('error')
  vi.advanceTimersByTime(1_000)
  expect(last().url).toBe('/stream?run=r-1&topics=tasks')
})

test('a line that could not tell all makes all be read anew', () => {
  const { stream, last, settle } = world('b-7')
  const got: StreamMessage[] = []
  stream.listen({ runs: true }, (message) => got.push(message))
  settle()
  expect(last().url).toBe('/stream?after=b-7')
  last().emit('open')
  expect(got).toEqual([])
  last().emit('reset', {})
  expect(got).toEqual([{ kind: 'resumed' }])
})
