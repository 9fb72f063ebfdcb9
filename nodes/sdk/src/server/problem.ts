import type { Words } from '@sluice/engine/core'

/** A refusal with a code: thrown in commands and routes, answered as RFC 9457 problem+json. */
export class SluiceProblem extends Error {
  readonly code: string
  readonly status: number
  readonly details: readonly { readonly path: string; readonly message: string }[]
  /** The message in both languages, where it was given in both. */
  readonly text: Words | undefined
  /** Further members of the problem document (RFC 9457 §3.2), for example both versions of a stale edit. */
  readonly members: { readonly [name: string]: unknown }
  constructor(
    code: string,
    status: number,
    message: string | Words,
    details: readonly { readonly path: string; readonly message: string }[] = [],
    members: SluiceProblem['members'] = {},
  ) {
    super(typeof message === 'string' ? message : message.en)
    this.text = typeof message === 'string' ? undefined : message
    this.name = 'SluiceProblem'
    this.code = code
    this.status = status
    this.details = details
    this.members = members
  }
}

/** The message may be given in both languages, `words(en, zh)`. @example `throw problem('SLU_CUSTOMER_UNKNOWN', 404, 'No customer c-1')` */
export function problem(
  code: string,
  status: number,
  message: string | Words,
  details?: SluiceProblem['details'],
  members?: SluiceProblem['members'],
): SluiceProblem {
  return new SluiceProblem(code, status, message, details, members)
}
