import type { Scope } from '@sluice/engine/expression'
import { evaluateHere, type PreviewKind } from './evaluate.ts'

addEventListener(
  'message',
  async (event: MessageEvent<{ readonly id: number; readonly kind: PreviewKind; readonly text: string; readonly scope: Scope }>) => {
    const { id, kind, text, scope } = event.data
    postMessage({ id, preview: await evaluateHere(kind, text, scope) })
  },
)
