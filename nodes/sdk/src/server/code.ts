import type { Json } from '@sluice/flows'

/** One call of a user's `(input, context) => output`. */
export interface CodeOrder {
  /** The function, or the body of one. */
  readonly source: string
  readonly input: Json
  readonly context: CodeContext
}

/** What code may know beside its input. */
export interface CodeContext {
  /** ISO 8601; what `Date.now()` and `new Date()` give inside. */
  readonly now: string
  readonly run: string | null
  readonly node: string | null
  /** Where `Math.random` starts, so that another attempt of the same step draws the same numbers. */
  readonly seed: number
}

export type CodeFailure = 'SLU_CODE_SYNTAX' | 'SLU_CODE_FAILED' | 'SLU_CODE_LIMIT' | 'SLU_CODE_OUTPUT' | 'SLU_CODE_BUSY'

export type CodeAnswer =
  | { readonly ok: true; readonly output: Json }
  /** `message` holds no data, only the interpreter's words. */
  | { readonly ok: false; readonly code: CodeFailure; readonly message: string; readonly line: number | null }

/** Runs code of users apart from everything: JSON in, JSON out, bounded in time and memory. Never rejects. */
export type RunCode = (order: CodeOrder) => Promise<CodeAnswer>
