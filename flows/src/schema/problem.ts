import type { Text } from '../json.ts'

export type SchemaProblemCode =
  | 'SLU_SCHEMA_REQUIRED'
  | 'SLU_SCHEMA_UNKNOWN_FIELD'
  | 'SLU_SCHEMA_TYPE'
  | 'SLU_SCHEMA_CHOICE'
  | 'SLU_SCHEMA_RANGE'
  | 'SLU_SCHEMA_LENGTH'
  | 'SLU_SCHEMA_PATTERN'

export interface SchemaProblem {
  readonly code: SchemaProblemCode
  /** JSON pointer into the checked value. */
  readonly path: string
  readonly message: Text
}

export type Report = (code: SchemaProblemCode, path: string, message: Text) => void
