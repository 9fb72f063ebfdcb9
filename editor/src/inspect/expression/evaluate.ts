import {
  compileExpression,
  compileTemplate,
  type ExpressionError,
  evaluateWithJsonata,
  fillTemplate,
  type Scope,
} from '@sluice/engine/expression'
import type { Json, Text } from '@sluice/flows'
import { previewMsMax, tookTooLong } from './preview-limit.ts'

export type PreviewKind = 'expression' | 'template'

export type Preview =
  | { readonly ok: true; readonly value: Json | undefined }
  | { readonly ok: false; readonly message: Text; readonly position: number | null }

/** Evaluates on a sample exactly as the engine would: the same parser, the same limits. */
export async function evaluateHere(kind: PreviewKind, text: string, scope: Scope): Promise<Preview> {
  if (kind === 'expression') return one(text, scope)
  const compiled = compileTemplate(text)
  if (!compiled.ok) return { ok: false, message: compiled.problem.message, position: compiled.problem.position }
  const values: (Json | undefined)[] = []
  for (const hole of compiled.template.holes) {
    const result = await one(hole.source, scope)
    if (!result.ok) return result
    values.push(result.value)
  }
  return { ok: true, value: fillTemplate(compiled.template, values) }
}

/** What is wrong with the text itself; null: nothing. As long as there is no sample, this is all that can be said. */
export function flawIn(kind: PreviewKind, text: string): Preview | null {
  if (kind === 'template') {
    const compiled = compileTemplate(text)
    return compiled.ok ? null : { ok: false, message: compiled.problem.message, position: compiled.problem.position }
  }
  const compiled = compileExpression(text)
  return compiled.ok ? null : failed(compiled.error)
}

async function one(text: string, scope: Scope): Promise<Preview> {
  const compiled = compileExpression(text)
  if (!compiled.ok) return failed(compiled.error)
  const result =
    compiled.expression.kind === 'total'
      ? compiled.expression.evaluate(scope)
      : await evaluateWithJsonata(text, scope, { timeoutMs: previewMsMax })
  return result.ok ? result : failed(result.error)
}

/** JSONata's own clock (D1012) may ring before ours; both say the same. */
function failed({ message, position, reason }: ExpressionError): Preview {
  return { ok: false, message: reason === 'D1012' ? tookTooLong : message, position }
}
