import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '@sluice/sdk'

/** `sha256:…` over the canonical form: equal values hash alike whoever wrote them. */
export function hashOf(value: Json): string {
  return `sha256:${createHash('sha256').update(canonicalJson(value)).digest('hex')}`
}
