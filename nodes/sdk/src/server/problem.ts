/** A refusal with a code: thrown in commands and routes, answered as RFC 9457 problem+json. */
export class SluiceProblem extends Error {
  readonly code: string
  readonly status: number
  readonly details: readonly { readonly path: string; readonly message: string }[]
  constructor(code: string, status: number, message: string, details: readonly { readonly path: string; readonly message: string }[] = []) {
    super(message)
    this.name = 'SluiceProblem'
    this.code = code
    this.status = status
    this.details = details
  }
}

/** @example `throw problem('SLU_CUSTOMER_UNKNOWN', 404, 'No customer c-1')` */
export function problem(code: string, status: number, message: string, details?: SluiceProblem['details']): SluiceProblem {
  return new SluiceProblem(code, status, message, details)
}
