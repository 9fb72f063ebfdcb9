import type { CompiledFlow } from '@sluice/engine/core'
import type { SimulationResult } from '@sluice/engine/simulate'
import type { GivenCalendar, SimulateOrder } from '@sluice/nodes/simulate'
import type { ReplayedEvent, ReplayOutcome } from './replay-order.ts'

export interface ReplayOrder {
  readonly kind: 'replay'
  readonly flow: CompiledFlow
  readonly events: readonly ReplayedEvent[]
  readonly calendars?: readonly GivenCalendar[]
}

export type Order = SimulateOrder | ReplayOrder

export type OrderAnswer =
  | { readonly ok: true; readonly result: SimulationResult }
  | { readonly ok: true; readonly outcomes: readonly ReplayOutcome[] }
  | { readonly ok: false; readonly code: string; readonly status: number; readonly message: string }
