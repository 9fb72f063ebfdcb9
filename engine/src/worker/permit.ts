/**
 * Leave for one outside act, given in the transaction that asked the gates. Nothing a host offers to an outside handler works
 * without it, and it is worth nothing for another order, after the order has ended, or once the fence moved.
 *
 * issued → spent with the result of the order · taken back before anything left · replaced by a new one when the order is asked again
 */
import type { EpochMs } from '../core/ids.ts'
import type { EffectKind, Use } from './context.ts'

declare const kindOfPermit: unique symbol

type Touches = 'person' | 'nobody'

/** Names one permit. A plain string is none, and leave to touch nobody is no leave to touch a person. */
export type PermitId<Whom extends Touches = Touches> = string & { readonly [kindOfPermit]: Whom }

interface Issued<Whom extends Touches> {
  readonly id: PermitId<Whom>
  readonly touches: Whom
  /** The outbox row it was given to. */
  readonly order: string
  readonly handler: string
  readonly issuedAt: EpochMs
}

/** The act may use this person's data for exactly this. */
export interface PersonPermit<Kind extends EffectKind = EffectKind> extends Issued<'person'> {
  readonly use: Use & { readonly effectKind: Kind }
}

/** The act declared that it touches nobody. A handler that works on people's data does not take it. */
export interface NobodyPermit extends Issued<'nobody'> {
  readonly use: null
}

export type EffectPermit = PersonPermit | NobodyPermit

/** How an order ended: answered, surely before anything left, or nobody can say. */
export type PermitEnd = 'done' | 'unsent' | 'unknown'

/** The one constructor. Only the loop has it, and tests by `engine/testing`: packs cannot reach it. */
export function issuePermit(
  id: string,
  order: { readonly id: string; readonly handler: string; readonly use: Use | null },
  issuedAt: EpochMs,
): EffectPermit {
  const { handler, use } = order
  const issued = { order: order.id, handler, issuedAt }
  if (use === null) return { ...issued, id: id as PermitId<'nobody'>, touches: 'nobody', use }
  return { ...issued, id: id as PermitId<'person'>, touches: 'person', use }
}
