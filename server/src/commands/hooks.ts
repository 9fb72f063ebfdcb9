import type { WriteContext } from '@sluice/sdk/server'
import { refuse } from '../http/errors/refusal.ts'
import { hookSecrets } from './tables.ts'

/** How long the old secret goes on working after a rotation. */
const overlapMs = 24 * 3_600_000

/** Command `hooks.rotate`. */
export function rotateHook(
  context: WriteContext,
  { flow, node, sealed }: { readonly flow: string; readonly node: string; readonly sealed: string },
): { readonly previousUntil: number } {
  const known = context.records.find(hookSecrets, { flow, node })
  if (known === null) throw refuse('SLU_HOOK_SECRET_UNKNOWN')
  const previousUntil = context.now + overlapMs
  context.records.upsert(hookSecrets, { ...known, sealed, previousSealed: known.sealed, previousUntil })
  context.audit('hook.secret-rotated', { flow, node })
  return { previousUntil }
}
