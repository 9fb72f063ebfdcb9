/** Withdrawals outrank all other work in every queue (ARCHITECTURE §4). */
import type { EngineRequest } from '@sluice/engine/worker'

export interface Lanes<Item> {
  push(item: Item, urgent: boolean): void
  /** The urgent ones first, each lane in its order. */
  take(max: number): Item[]
  takeUrgent(max: number): Item[]
  readonly urgent: number
  readonly length: number
}

export function lanes<Item>(): Lanes<Item> {
  let urgentLane: Item[] = []
  let lane: Item[] = []
  return {
    push(item, urgent) {
      if (urgent) urgentLane.push(item)
      else lane.push(item)
    },
    take(max) {
      const taken = urgentLane.slice(0, max)
      urgentLane = urgentLane.slice(taken.length)
      const rest = max - taken.length
      if (rest === 0 || lane.length === 0) return taken
      const more = lane.slice(0, rest)
      lane = lane.slice(more.length)
      return taken.length === 0 ? more : taken.concat(more)
    },
    takeUrgent(max) {
      const taken = urgentLane.slice(0, max)
      urgentLane = urgentLane.slice(taken.length)
      return taken
    },
    get urgent() {
      return urgentLane.length
    },
    get length() {
      return urgentLane.length + lane.length
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
