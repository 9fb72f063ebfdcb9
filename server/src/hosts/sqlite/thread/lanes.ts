/** Withdrawals outrank all other work in every queue (ARCHITECTURE §4). */
import type { EngineRequest } from '@sluice/engine/worker'

export interface Lanes<Item> {
  /** `rank` as the engine tells it: the lower number goes first. */
  push(item: Item, urgent: boolean, rank?: number): void
  /** The urgent ones first, then by rank, each lane in its order; of every eight others one is whoever waits longest. */
  take(max: number): Item[]
  takeUrgent(max: number): Item[]
  readonly urgent: number
  readonly length: number
}

const fairEach = 8

export function lanes<Item>(): Lanes<Item> {
  let urgentLane: Item[] = []
  /** High, normal, low. Nearly always only the second holds anything. */
  const ranked: [Queue<Item>, Queue<Item>, Queue<Item>] = [queue(), queue(), queue()]
  let pushed = 0
  let taken = 0

  function takeUrgent(max: number): Item[] {
    const first = urgentLane.slice(0, max)
    urgentLane = urgentLane.slice(first.length)
    return first
  }

  function takeRanked(max: number): Item[] {
    const waiting = ranked.filter(({ length }) => length > 0)
    const [only] = waiting
    if (only === undefined) return []
    if (waiting.length === 1) return only.take(max)
    const found: Item[] = []
    while (found.length < max) {
      const open = ranked.filter(({ length }) => length > 0)
      const [first] = open
      if (first === undefined) break
      const longest = open.reduce((one, other) => (other.since < one.since ? other : one))
      taken++
      found.push(...(taken % fairEach === 0 ? longest : first).take(1))
    }
    return found
  }

  return {
    push(item, urgent, rank = 1) {
      if (urgent) urgentLane.push(item)
      else ranked[rank <= 0 ? 0 : rank >= 2 ? 2 : 1].push(item, pushed++)
    },
    take(max) {
      const first = takeUrgent(max)
      const more = takeRanked(max - first.length)
      return first.length === 0 ? more : first.concat(more)
    },
    takeUrgent,
    get urgent() {
      return urgentLane.length
    },
    get length() {
      return urgentLane.length + ranked.reduce((sum, { length }) => sum + length, 0)
    },
  }
}

interface Queue<Item> {
  push(item: Item, number: number): void
  take(max: number): Item[]
  /** The number of the first one. */
  readonly since: number
  readonly length: number
}

/** First in, first out; what was taken is cut off now and then, not each time. */
function queue<Item>(): Queue<Item> {
  let items: Item[] = []
  let numbers: number[] = []
  let head = 0
  return {
    push(item, number) {
      items.push(item)
      numbers.push(number)
    },
    take(max) {
      const found = items.slice(head, head + max)
      head += found.length
      if (head > 1_024 || head === items.length) {
        items = items.slice(head)
        numbers = numbers.slice(head)
        head = 0
      }
      return found
    },
    get since() {
      return numbers[head] ?? Number.POSITIVE_INFINITY
    },
    get length() {
      return items.length - head
    },
  }
}

/** CloudEvents types that a pack acts on itself, in the transaction of their intake: preference pages and channels send withdrawals so. */
export type ConsumedTypes = ReadonlySet<string>

/** Commands of the consent pack, events its consumers wait for, and acts asked again because a fence rose. */
export function isUrgent(request: EngineRequest, consumed: ConsumedTypes): boolean {
  if (request.kind === 'command') return commandOf(request).startsWith('consent.')
  if (request.kind === 'event') return consumed.has(request.event.type)
  return request.kind === 'effect.recheck'
}

/** What brings new work in: refused first when the disk is full. */
export function isIntake(request: EngineRequest): boolean {
  if (request.kind === 'event') return true
  return request.kind === 'command' && intakeCommands.has(commandOf(request))
}

const intakeCommands: ReadonlySet<string> = new Set(['engine.run.start', 'runs.start', 'core.webhook.receive'])

/** The command inside `idempotency.once`, which only remembers its answer. */
function commandOf({ name, payload }: Extract<EngineRequest, { kind: 'command' }>): string {
  if (name !== 'idempotency.once') return name
  const inner = (payload as { readonly name?: unknown } | null)?.name
  return typeof inner === 'string' ? inner : name
}
