/** The hash chain of the audit log (domain/CONSENT.md A-1): `entryHash = SHA-256(prevHash || JCS(entry without hashes))`. */
import { createHash } from 'node:crypto'
import type { Json } from '@sluice/flows'
import canonicalize from 'canonicalize'

export const auditGenesis: Buffer = Buffer.alloc(32)

/** RFC 8785 text of an entry; also the leaf of the Merkle tree. */
export function canonicalText(entry: Json): string {
  const text = canonicalize(entry)
  if (text === undefined) throw new Error('SLU_AUDIT_NOT_JSON: an audit entry must be plain JSON')
  return text
}

export function chainHash(previous: Buffer, entry: Json): Buffer {
  return createHash('sha256').update(previous).update(canonicalText(entry)).digest()
}
