import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '@sluice/sdk'
import type { TaskRow } from '../domain/tables.ts'

/** `sha256:…` over the canonical form: equal values hash alike whoever wrote them. */
export function hashOf(value: Json): string {
  return `sha256:${createHash('sha256').update(canonicalJson(value)).digest('hex')}`
}

/** Hash of what a person sees: the content, and what earlier signers wrote when there are any. */
export function hashShown(shown: Json, earlier: TaskRow['earlier']): string {
  return earlier == null || earlier.length === 0 ? hashOf(shown) : hashOf({ shown, earlier: earlier.map((each) => ({ ...each })) })
}
