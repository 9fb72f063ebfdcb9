import type { WriteContext } from '@sluice/sdk/server'
import { refuse } from '../http/errors/refusal.ts'
import { reveals } from './tables.ts'

/** Bounds of looking at hidden values. */
export const revealLimits = {
  perDayMax: 20,
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
  const { records, actor, now } = context
  const mine = records.list(reveals, { where: { by: actor.id }, orderBy: [['at', 'asc']], limit: revealLimits.perDayMax + 1 })
  const recent = mine.filter(({ at }) => at > now - dayMs)
  if (recent.length >= revealLimits.perDayMax) throw refuse('SLU_REVEAL_LIMIT')
  for (const { id, at } of mine) if (at <= now - dayMs) records.delete(reveals, { id })
  records.upsert(reveals, { id: context.newId(), by: actor.id, at: now })
  context.audit('data.revealed', { run, ...(customer === null ? {} : { customer }) }, { seq, path, reason })
}
