import type { FlowCheck, ShownShape } from '@sluice/engine/compile'
import type { FlowDefinition } from '@sluice/flows'

/** Check this flow; or: what do the expressions of this step see, as of the last check? */
export type CheckRequest = { readonly revision: number; readonly file: FlowDefinition } | { readonly step: string }

export type CheckAnswer = FlowCheck & { readonly revision: number }

export interface SeenAnswer {
  readonly step: string
  readonly seen: ShownShape
}
