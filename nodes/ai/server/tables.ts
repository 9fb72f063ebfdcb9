import { defineTable } from '@sluice/sdk/server'
import type { StrategyDraft } from '../domain/strategist.ts'

/** One strategy. At most one per customer is live; the others stay as history. */
export interface Strategy {
  readonly id: string
  readonly customer: string
  readonly state: 'live' | 'superseded'
  readonly draft: StrategyDraft
  /** `rules`, or the model's name. */
  readonly origin: string
  /** Consent epoch its facts were read at. */
  readonly epoch: number
  /** Fields it rests on. */
  readonly facts: readonly string[]
  /** Run or withdrawal that asked for it. */
  readonly cause: string
  readonly at: number
  readonly supersededAt: number | null
  readonly supersededBy: string | null
}

export const strategies = defineTable<Strategy>({
  name: 'ai_strategies',
  columns: {
    id: { type: 'text' },
    customer: { type: 'text' },
    state: { type: 'text' },
    draft: { type: 'json' },
    origin: { type: 'text' },
    epoch: { type: 'integer' },
    facts: { type: 'json' },
    cause: { type: 'text' },
    at: { type: 'integer' },
    supersededAt: { type: 'integer', nullable: true },
    supersededBy: { type: 'text', nullable: true },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['customer', 'state'] }],
})
