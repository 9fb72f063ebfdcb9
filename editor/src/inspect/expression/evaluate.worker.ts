import type { Scope } from '@sluice/engine/expression'
import { evaluateHere, type PreviewKind } from './evaluate.ts'

/** What a page asks its evaluating worker. */
export interface EvaluateRequest {
  readonly id: number
  readonly kind: PreviewKind
  readonly text: string
  /** Left out: the one of the question before. */
  readonly scope?: Scope
}

let known: Scope | null = null

addEventListener('message', async ({ data: { id, kind, text, scope } }: MessageEvent<EvaluateRequest>) => {
  known = scope ?? known
  // The first question brings it.
  if (known !== null) postMessage({ id, preview: await evaluateHere(kind, text, known) })
})
