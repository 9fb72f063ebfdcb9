import type { CompiledFlow } from '@sluice/engine/core'
import type { Mock, SimulatedAnswer, SimulatedEvent } from '@sluice/engine/simulate'
import type { Json } from '@sluice/flows'
import type { CalendarBody } from '../core/server/index.ts'

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
