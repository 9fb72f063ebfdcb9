import { say } from '@sluice/flows'
import { SluiceProblem } from '@sluice/sdk/server'
import { type ServerErrorCode, serverErrors } from './catalogue.ts'
import type { DetailedError } from './define.ts'

export type Details = SluiceProblem['details']
export type Values = { readonly [name: string]: string | number }

/** A refusal whose wording comes from the catalogue, so that it can be said in the caller's language. */
export class Refusal extends SluiceProblem {
  readonly values: Values
  readonly headers: { readonly [name: string]: string }
  constructor(code: ServerErrorCode, options: RefusalOptions = {}) {
    const definition: DetailedError = serverErrors[code]
    const { values = {}, details = [], members = {}, headers = {} } = options
    super(code, definition.http, fill(definition.detail?.en ?? say(definition.says, 'en'), values), details, members)
    this.values = values
    this.headers = headers
  }
}

export interface RefusalOptions {
  readonly values?: Values
  readonly details?: Details
  readonly members?: { readonly [name: string]: unknown }
  readonly headers?: { readonly [name: string]: string }
}

/** @example `throw refuse('SLU_BODY_TOO_LARGE', { values: { limit: 1048576 } })` */
export function refuse(code: ServerErrorCode, options?: RefusalOptions): Refusal {
  return new Refusal(code, options)
}

export function fill(template: string, values: Values): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
