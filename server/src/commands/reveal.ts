import type { WriteContext } from '@sluice/sdk/server'
import { refuse } from '../http/errors/refusal.ts'
import { reveals } from './tables.ts'

/** Bounds of looking at hidden values. */
export const revealLimits = {
  perDayMax: 20,
  /** Refused attempts of one person that the audit log tells of. */
  refusalsPerDayMax: 100,
  /** How long a screen shows the value before it is hidden again. */
  shownMs: 60_000,
  reasonMin: 10,
  reasonMax: 500,
} as const
const dayMs = 86_400_000

export interface RevealOrder {
  readonly run: string
  readonly customer: string | null
  readonly seq: number
  /** Where it stands in the entry; never what it is. */
  readonly path: string
  readonly reason: string
}

/** Command `data.reveal`: writes down who looks at which hidden value and why. The value never comes in here. */
export function revealValue(context: WriteContext, { run, customer, seq, path, reason }: RevealOrder): void {
  if (countToday(context, null) >= revealLimits.perDayMax) throw refuse('SLU_REVEAL_LIMIT')
  remember(context, null)
  context.audit('data.revealed', { run, ...(customer === null ? {} : { customer }) }, { seq, path, reason })
}

export interface RevealRefusal {
  readonly run: string
  readonly code: string
  /** Absent when the request was turned away before it was read. */
  readonly asked?: Omit<RevealOrder, 'run' | 'customer'>
}

/** Command `data.reveal-refused`: somebody wanted to look and did not get to. Of somebody who keeps trying, the first of a day stand there. */
export function noteRefusal(context: WriteContext, { run, code, asked }: RevealRefusal): void {
  const before = countToday(context, true)
  if (before >= revealLimits.refusalsPerDayMax) return
  remember(context, true)
  const isLast = before + 1 === revealLimits.refusalsPerDayMax
  context.audit('data.reveal-refused', { run }, { code, ...asked, ...(isLast ? { furtherOnesUntold: true } : {}) })
}

function countToday({ records, actor, now }: WriteContext, refused: true | null): number {
  for (const { id } of records.list(reveals, { where: { by: actor.id, at: { lte: now - dayMs } } })) records.delete(reveals, { id })
  return records.count(reveals, { by: actor.id, refused })
}

function remember(context: WriteContext, refused: true | null): void {
  context.records.insert(reveals, { id: context.newId(), by: context.actor.id, at: context.now, refused })
}
