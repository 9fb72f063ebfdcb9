import type { Text } from './json.ts'

/** One thing wrong with a flow: what, where, why it matters, and how to mend it. */
export interface Problem {
  /** `SLU_…` code, stable; EDITOR.md §9 gives the wording. */
  readonly code: string
  readonly severity: 'error' | 'warning' | 'hint'
  readonly node?: string
  /** Index of the wire in `edges`. */
  readonly edge?: number
  /** JSON pointer into the flow file, for example `/nodes/2/config/fields`. */
  readonly path?: string
  /** Character in the text at `path`, where an expression is at fault. */
  readonly position?: number
  readonly message: Text
  /** What a person can do about it, as one click where `action` is known to the editor. */
  readonly fix?: Fix
  /** Other ways to mend it, beside `fix`. */
  readonly fixes?: readonly Fix[]
  /** The counter-example: the steps in their order, and the wires between them as indexes in `edges`. */
  readonly way?: { readonly nodes: readonly string[]; readonly edges: readonly number[] }
}

export interface Fix {
  readonly says: Text
  /** What a click does; the editor knows the names. */
  readonly action?: string
  readonly data?: unknown
}
