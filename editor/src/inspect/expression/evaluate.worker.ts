import '@sluice/nodes/simulate/base64'
import type { Scope } from '@sluice/engine/expression'
import { evaluateHere, flawIn, type PreviewKind } from './evaluate.ts'

/** What a page asks its evaluating worker. */
export interface EvaluateRequest {
  readonly id: number
  readonly kind: PreviewKind
  readonly text: string
  /** Left out: the one of the question before. Null: there is none, and only the text itself is looked at. */
  readonly scope?: Scope | null
}

let known: Scope | null = null

addEventListener('message', async ({ data: { id, kind, text, scope } }: MessageEvent<EvaluateRequest>) => {
  if (scope !== undefined) known = scope
  postMessage({ id, preview: known === null ? flawIn(kind, text) : await evaluateHere(kind, text, known) })
})
