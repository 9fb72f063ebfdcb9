import type { Text } from '@sluice/flows'

/** What one error code means, for the problem list, the API and the docs. */
export interface ErrorDefinition {
  /** A retry cannot help. */
  readonly terminal: boolean
  /** HTTP status when a route answers with it. */
  readonly http: number
  readonly says: Text
  /** What the reader can do about it. */
  readonly hint: Text
}

export type ErrorTable = { readonly [code: `SLU_${string}`]: ErrorDefinition }

/** Declares a pack's error codes in both languages. @example `defineErrors({ SLU_TASK_CHANGED: { terminal: true, http: 409, says, hint } })` */
export function defineErrors<Table extends ErrorTable>(table: Table): Table {
  return table
}
