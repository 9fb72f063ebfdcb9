/**
 * The life of one consent record. These are the only moves; each raises the customer's epoch.
 *
 *   requested ──▶ given ──▶ expired · stale · withdrawn · terminated · invalidated
 *       │           ▲
 *       ├─▶ given_unconfirmed (identity or guardian still to be checked)
 *       ├─▶ refused
 *       └─▶ lapsed (24 h without an act)
 *
 * A record is never opened again: a new yes is a new record, and the old one names it in `supersededBy`.
 */
export type ConsentState =
  | 'requested'
  | 'given'
  | 'given_unconfirmed'
  | 'refused'
  | 'lapsed'
  | 'expired'
  | 'stale'
  | 'withdrawn'
  | 'terminated'
  | 'invalidated'

export type ConsentEvent =
  | 'accepted'
  | 'accepted_unconfirmed'
  | 'refused'
  | 'lapsed'
  | 'confirmed'
  | 'expired'
  | 'changed'
  | 'withdrawn'
  | 'ended'
  | 'found_defective'

const moves: { readonly [From in ConsentState]: { readonly [Event in ConsentEvent]?: ConsentState } } = {
  requested: { accepted: 'given', accepted_unconfirmed: 'given_unconfirmed', refused: 'refused', lapsed: 'lapsed' },
  given_unconfirmed: { confirmed: 'given', withdrawn: 'withdrawn', found_defective: 'invalidated' },
  given: { expired: 'expired', changed: 'stale', withdrawn: 'withdrawn', ended: 'terminated', found_defective: 'invalidated' },
  refused: {},
  lapsed: {},
  expired: {},
  stale: {},
  withdrawn: {},
  terminated: {},
  invalidated: {},
}

/** Null: there is no such move, and the caller must refuse. @example `move('withdrawn', 'accepted') // null` */
export function move(from: ConsentState, event: ConsentEvent): ConsentState | null {
  return moves[from][event] ?? null
}

/** States a new yes may follow; the new record takes the old one's place. */
export const replaceable: readonly ConsentState[] = ['expired', 'withdrawn', 'refused', 'stale', 'lapsed', 'terminated', 'invalidated']
