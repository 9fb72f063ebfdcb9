import type { Json } from '@sluice/flows'
import type { UserId } from '../core/ids.ts'
import { defineTable } from './records.ts'

/** Runs that take up another one again. */
export const forksTable = defineTable<{ readonly run: string; readonly of: string; readonly node: string; readonly at: number }>({
  name: 'engine_forks',
  columns: { run: { type: 'text' }, of: { type: 'text' }, node: { type: 'text' }, at: { type: 'integer' } },
  primaryKey: ['run'],
  indexes: [{ columns: ['of'] }],
})

export type PauseMode = 'hold' | 'refuse'

/** Flows that stand still. `hold`: events start runs, which wait before their first step; `refuse`: events become dead letters. */
export const pausesTable = defineTable<{
  readonly flow: string
  readonly mode: PauseMode
  readonly since: number
  readonly by: string
  readonly reason: string
}>({
  name: 'engine_pauses',
  columns: { flow: { type: 'text' }, mode: { type: 'text' }, since: { type: 'integer' }, by: { type: 'text' }, reason: { type: 'text' } },
  primaryKey: ['flow'],
})

/** Runs that have a step to do and may not, because their flow is paused. */
export const heldTable = defineTable<{ readonly run: string; readonly flow: string; readonly at: number }>({
  name: 'engine_held_runs',
  columns: { run: { type: 'text' }, flow: { type: 'text' }, at: { type: 'integer' } },
  primaryKey: ['run'],
  indexes: [{ columns: ['flow', 'at'] }],
})

/** Runs an act of which was refused by a gate or taken back: what "blocked by consent" lists. */
export const refusalsTable = defineTable<{ readonly run: string; readonly code: string; readonly node: string; readonly at: number }>({
  name: 'engine_refusals',
  columns: { run: { type: 'text' }, code: { type: 'text' }, node: { type: 'text' }, at: { type: 'integer' } },
  primaryKey: ['run', 'code'],
  indexes: [{ columns: ['code', 'run'] }],
})

/** An event that started nothing although it should have, or that nobody listens to. */
export interface LetterRow {
  readonly id: string
  readonly at: number
  /** Our id of the stored event. */
  readonly event: string
  readonly type: string
  readonly source: string
  readonly subject: string | null
  readonly reason: 'nobody' | 'failed' | 'paused'
  /** The trigger it was meant for; null when there was none. */
  readonly flow: string | null
  readonly trigger: string | null
  readonly code: string | null
  readonly state: 'open' | 'redelivered' | 'dismissed'
  readonly runs: readonly string[]
  /** The event as it came. */
  readonly content: Json
  /** The people among us whose words it may carry, who stay its authors whoever delivers it again. */
  readonly authors?: readonly UserId[] | null
}

export const lettersTable = defineTable<LetterRow>({
  name: 'engine_dead_letters',
  columns: {
    id: { type: 'text' },
    at: { type: 'integer' },
    event: { type: 'text' },
    type: { type: 'text' },
    source: { type: 'text' },
    subject: { type: 'text', nullable: true },
    reason: { type: 'text' },
    flow: { type: 'text', nullable: true },
    trigger: { type: 'text', nullable: true },
    code: { type: 'text', nullable: true },
    state: { type: 'text' },
    runs: { type: 'json' },
    content: { type: 'json' },
    authors: { type: 'json', nullable: true },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['state', 'id'] }, { columns: ['at'] }, { columns: ['subject'] }],
})
