import type { CompiledFlow } from '@sluice/engine/core'
import type { Mock, SimulatedAnswer, SimulatedEvent, SimulationResult } from '@sluice/engine/simulate'
import type { Json } from '@sluice/flows'
import type { CalendarBody } from '@sluice/nodes/core/server'
import type { ReplayedEvent, ReplayOutcome } from './replay-order.ts'

/** A consent the simulation begins with, as in `POST /consents`. */
export interface GivenConsent {
  readonly customer: string
  readonly purpose: string
  readonly scene: string
  readonly scope?: 'standing' | 'session'
  readonly session?: string
}

export interface GivenCustomer {
  readonly id: string
  readonly name?: string
  readonly owner?: string
  readonly fields?: { readonly [name: string]: Json }
}

/** As `core.calendar.save` takes it. */
export type GivenCalendar = { readonly id: string } & CalendarBody

/** One draft to try. Everything in it is plain data, so that it can go to another thread. */
export interface SimulateOrder {
  readonly kind: 'simulate'
  readonly flow: CompiledFlow
  readonly others: readonly CompiledFlow[]
  /** A start by hand, after the scene is set and before the first event. */
  readonly start: { readonly trigger: string | null; readonly input: Json } | null
  readonly events: readonly SimulatedEvent[]
  readonly answers: readonly SimulatedAnswer[]
  readonly mocks: { readonly [node: string]: Mock | readonly Mock[] }
  readonly customers: readonly GivenCustomer[]
  readonly consents: readonly GivenConsent[]
  /** Working calendars of the workspace. */
  readonly calendars?: readonly GivenCalendar[]
  readonly startAt: number
  readonly until: number | null
}

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
