/** What of an audit entry is hashed, and how people in it are hidden (domain/CONSENT.md A-3). */
import { createHash, createHmac } from 'node:crypto'
import type { JsonObject } from '@sluice/flows'
import { storedJson } from '../stored-json.ts'
import { canonicalText } from './chain.ts'

/** A row of `audit_log` as stored. */
export interface StoredAuditEntry {
  readonly seq: number
  readonly at: string
  readonly actor_kind: string
  readonly actor_id: string
  readonly kind: string
  readonly refs: string
  readonly payload_commitment: string | null
  readonly prev_hash: Buffer
  readonly entry_hash: Buffer
}

/** Names of references that hold a customer's id. */
const subjectRefs: ReadonlySet<string> = new Set(['customer', 'subject', 'contact'])

/** A customer's id as the log knows it: the same id gives the same token, and without the key no one can tell whose it is. */
export function subjectToken(key: Buffer, id: string): string {
  return `s:${createHmac('sha256', key).update(id).digest('hex').slice(0, 40)}`
}

export function hiddenRefs(key: Buffer, refs: { readonly [name: string]: string }): { readonly [name: string]: string } {
  const hidden: Record<string, string> = {}
  for (const [name, value] of Object.entries(refs)) hidden[name] = subjectRefs.has(name) ? subjectToken(key, value) : value
  return hidden
}

/** Salted, so that a guessable payload (a mobile number) cannot be found by trying. */
export function commitment(salt: Buffer, payload: string): string {
  return createHash('sha256').update(salt).update(payload).digest('hex')
}

/** The entry without its hashes: what A-1 hashes and what the Merkle tree has as leaf. */
export function hashedPart(row: Omit<StoredAuditEntry, 'prev_hash' | 'entry_hash'>): JsonObject {
  return {
    seq: row.seq,
    at: row.at,
    actor: { kind: row.actor_kind, id: row.actor_id },
    kind: row.kind,
    refs: storedJson<JsonObject>(row.refs),
    payloadCommitment: row.payload_commitment,
  }
}

export function leafOf(row: Omit<StoredAuditEntry, 'prev_hash' | 'entry_hash'>): string {
  return canonicalText(hashedPart(row))
}
