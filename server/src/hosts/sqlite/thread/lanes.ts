/** Withdrawals outrank all other work in every queue (ARCHITECTURE §4). */
import type { EngineRequest } from '@sluice/engine/worker'

export interface Lanes<Item> {
  push(item: Item, urgent: boolean): void
  /** The urgent ones first, each lane in its order. */
  take(max: number): Item[]
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
    get length() {
      return urgentLane.length + lane.length
    },
  }
}

/** Commands of the consent pack, and what belongs to an act already under way: asked again after a raised fence, or come back. */
export function isUrgent(request: EngineRequest): boolean {
  if (request.kind === 'command') return request.name.startsWith('consent.')
  return request.kind === 'effect.recheck'
}

/** What brings new work in: refused first when the disk is full. */
export function isIntake(request: EngineRequest): boolean {
  if (request.kind === 'event') return true
  return request.kind === 'command' && (request.name === 'engine.run.start' || request.name === 'core.webhook.receive')
}
