import type { Cell, CustomerSession } from '../../../app/api/index.ts'

/** What a person is about to do to a customer's consent. */
export type ConsentAct =
  | { readonly kind: 'grant'; readonly cell: Cell }
  | { readonly kind: 'withdraw'; readonly cell: Cell }
  | { readonly kind: 'withdraw-session'; readonly session: CustomerSession }
  | { readonly kind: 'withdraw-all' }
