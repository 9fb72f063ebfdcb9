import type { JsonObject } from '@sluice/flows'
import { wholeItem } from './journal.ts'
import type { JournalItem, RunStateName } from './shapes.ts'

/**
 * One server-sent-events connection for the whole tab, whatever the screens ask for: browsers allow six per host.
 *
 * States: `idle` (nobody listens) → `connecting` → `live` ⇄ `paused` (cut; `since` says when) → `idle`.
 */
export interface RunMessage {
  readonly kind: 'run'
  readonly run: string
  readonly flow: string
  readonly version: number
  readonly status: RunStateName
  readonly seq: number
  readonly entries: readonly JournalItem[]
}
export interface TopicMessage {
  readonly kind: 'topic'
  readonly topic: string
  readonly data: JsonObject
}
/** The connection came back after a cut, or began after what is shown was read: what was missed must be read again. */
export interface ResumedMessage {
  readonly kind: 'resumed'
}
export type StreamMessage = RunMessage | TopicMessage | ResumedMessage

export interface StreamWish {
  readonly run?: string
  readonly flow?: string
  /** Every run of the workspace. */
  readonly runs?: boolean
  readonly topics?: readonly string[]
}

export interface LiveState {
  readonly state: 'idle' | 'connecting' | 'live' | 'paused'
  /** When it came into this state, milliseconds. */
  readonly since: number
}

export interface StreamPorts {
  open(url: string): EventSource
  now(): number
  later(act: () => void, milliseconds: number): ReturnType<typeof setTimeout>
  stop(timer: ReturnType<typeof setTimeout>): void
  /** Where the server stood before the first of the answers that are shown, once; null: nobody asked yet. */
  position(): string | null
  /** The line was cut; an event source does not say whether by the network or because nobody is signed in any more. */
  cut(): void
}

interface Listener {
  readonly wish: StreamWish
  readonly onMessage: (message: StreamMessage) => void
}

const retryDelayMsMin = 1_000
const retryDelayMsMax = 15_000
/** Wishes of one screen arrive in one frame; waiting a moment makes one connection of them. */
const settleMs = 40

/** Query of the one connection that serves all wishes; an empty one asks for everything this person may see. `null`: nothing to listen to. */
export function unionOf(wishes: readonly StreamWish[]): Record<string, string> | null {
  const runs = new Set(wishes.flatMap((wish) => (wish.run === undefined ? [] : [wish.run])))
  const flows = new Set(wishes.flatMap((wish) => (wish.flow === undefined ? [] : [wish.flow])))
  const topics = new Set(wishes.flatMap((wish) => wish.topics ?? []))
  const everyRun = wishes.some((wish) => wish.runs === true)
  if (!everyRun && runs.size + flows.size + topics.size === 0) return null
  // The server joins `run` and `flow` by “and”, so what two screens ask for is more than one query can say.
  if (everyRun || runs.size + flows.size > 1) return {}
  const query: Record<string, string> = {}
  for (const run of runs) query.run = run
  for (const flow of flows) query.flow = flow
  if (topics.size > 0) query.topics = [...topics].sort().join(',')
  return query
}

/** Whether this listener asked for this message; the union may carry more. */
export function wanted(wish: StreamWish, message: StreamMessage): boolean {
  if (message.kind === 'resumed') return true
  if (message.kind === 'topic') return wish.topics?.includes(message.topic) === true
  return wish.runs === true || wish.run === message.run || wish.flow === message.flow
}

export class Stream {
  readonly #base: string
  readonly #ports: StreamPorts
  readonly #listeners = new Set<Listener>()
  readonly #watchers = new Set<() => void>()
  #live: LiveState = { state: 'idle', since: 0 }
  #source: EventSource | null = null
  /** The line that is heard until the next one is open: nothing is lost in between, and what both bring is told twice. */
  #before: EventSource | null = null
  /** Who came while a line was open that does not bring what they ask for. */
  readonly #new = new Set<Listener>()
  #url: string | null = null
  #wasCut = false
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(base: string, ports: StreamPorts) {
    this.#base = base
    this.#ports = ports
  }

  get live(): LiveState {
    return this.#live
  }

  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  listen(wish: StreamWish, onMessage: (message: StreamMessage) => void): () => void {
    const listener = { wish, onMessage }
    this.#listeners.add(listener)
    if (this.#live.state === 'live') this.#new.add(listener)
    this.#plan(settleMs, () => this.#connect(false))
    return () => {
      this.#listeners.delete(listener)
      this.#new.delete(listener)
      this.#plan(settleMs, () => this.#connect(false))
    }
  }

  /**
   * The page is kept aside, to be shown again when somebody goes back. It gives its connection away: browsers keep as many
   * pages aside as they allow connections, and with all of them in use the next page never loads.
   */
  rest(): void {
    if (this.#timer !== null) this.#ports.stop(this.#timer)
    this.#timer = null
    if (this.#url === null) return
    this.#close()
    this.#wasCut = true
  }

  /** The page is shown again: what was missed is told as after a cut. */
  wake(): void {
    this.#plan(0, () => this.#connect(true))
  }

  #plan(delay: number, act: () => void): void {
    if (this.#timer !== null) this.#ports.stop(this.#timer)
    this.#timer = this.#ports.later(() => {
      this.#timer = null
      act()
    }, delay)
  }

  #enter(state: LiveState['state']): void {
    if (this.#live.state === state) return
    this.#live = { state, since: this.#ports.now() }
    for (const watcher of this.#watchers) watcher()
  }

  #connect(again: boolean): void {
    const query = unionOf([...this.#listeners].map((listener) => listener.wish))
    const search = query === null ? '' : new URLSearchParams(query).toString()
    const url = query === null ? null : search === '' ? this.#base : `${this.#base}?${search}`
    if (!again && url === this.#url) {
      // What they ask for comes on the line already.
      if (this.#before === null) this.#new.clear()
      return
    }
    this.#url = url
    if (url === null) {
      this.#close()
      this.#enter('idle')
      return
    }
    if (again || this.#live.state !== 'live') this.#close()
    else if (this.#before === null) this.#before = this.#source
    else this.#source?.close()
    if (this.#live.state === 'idle') this.#enter('connecting')
    const source = this.#ports.open(this.#since(url))
    this.#source = source
    source.addEventListener('open', () => this.#opened(source))
    source.addEventListener('error', () => this.#cut(source))
    source.addEventListener('run', (event) => this.#deliver('run', event))
    source.addEventListener('topic', (event) => this.#deliver('topic', event))
    // It could not tell all.
    source.addEventListener('reset', () => this.#missed(this.#listeners))
  }

  /** Who is told to read anew after a cut needs no more; at first, what came since the answers on the page is told by the line itself. */
  #since(url: string): string {
    const position = this.#ports.position()
    if (position === null || this.#wasCut || this.#live.state === 'live') return url
    return `${url}${url === this.#base ? '?' : '&'}after=${encodeURIComponent(position)}`
  }

  #missed(listeners: Iterable<Listener>): void {
    for (const { onMessage } of [...listeners]) onMessage({ kind: 'resumed' })
  }

  #opened(source: EventSource): void {
    if (source !== this.#source) return
    this.#before?.close()
    this.#before = null
    this.#failures = 0
    const missed = this.#wasCut ? [...this.#listeners] : [...this.#new]
    this.#wasCut = false
    this.#new.clear()
    this.#enter('live')
    this.#missed(missed)
  }

  #close(): void {
    this.#before?.close()
    this.#before = null
    this.#source?.close()
    this.#source = null
  }

  #cut(source: EventSource): void {
    if (source === this.#before) {
      source.close()
      this.#before = null
      this.#wasCut = true
    }
    if (source !== this.#source) return
    this.#close()
    this.#wasCut = true
    this.#failures += 1
    this.#enter('paused')
    this.#ports.cut()
    this.#plan(Math.min(retryDelayMsMax, retryDelayMsMin * 2 ** (this.#failures - 1)), () => this.#connect(true))
  }

  #deliver(kind: 'run' | 'topic', event: MessageEvent): void {
    let message: StreamMessage
    try {
      const body = JSON.parse(String(event.data))
      message =
        kind === 'run'
          ? { ...body, kind, entries: body.entries.map(wholeItem) }
          : { kind, topic: String(body.topic), data: body.data ?? body }
    } catch {
      return // A half-written event after a cut; the next `resumed` reads everything again.
    }
    for (const listener of [...this.#listeners]) if (wanted(listener.wish, message)) listener.onMessage(message)
  }
}
