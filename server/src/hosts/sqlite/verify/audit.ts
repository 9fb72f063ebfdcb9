/** Walks the audit log from its first entry: numbers without a gap, each entry hashed onto the one before, payloads that fit. */
import { auditGenesis, chainHash } from '../audit/chain.ts'
import { commitment, hashedPart, leafOf, type StoredAuditEntry } from '../audit/entry.ts'
import { MerkleRoot } from '../audit/merkle.ts'
import type { Connection } from '../connection.ts'
import { clean, damaged, type Finding } from './finding.ts'

export type AuditFinding = Finding & {
  /** Merkle root over all entries, hex; stands for the whole log up to `checked`. */
  readonly root: string
}

type Row = StoredAuditEntry & { readonly salt: Buffer | null; readonly payload: string | null }

export function verifyAuditChain(db: Connection): AuditFinding {
  const tree = new MerkleRoot()
  let previous: Buffer = auditGenesis
  const rows = db.prepare<[], Row>(`
    SELECT a.*, p.salt, p.payload FROM audit_log a LEFT JOIN audit_payloads p ON p.seq = a.seq ORDER BY a.seq`)
  for (const row of rows.iterate()) {
    const why = flawOf(row, tree.size + 1, previous)
    if (why !== null) return { ...damaged('audit', tree.size, `audit entry ${row.seq}`, why), root: tree.root().toString('hex') }
    previous = row.entry_hash
    tree.add(leafOf(row))
  }
  const root = tree.root().toString('hex')
  const orphan = db.prepare<[], number>('SELECT seq FROM audit_payloads WHERE seq NOT IN (SELECT seq FROM audit_log) LIMIT 1').pluck().get()
  if (orphan !== undefined) return { ...damaged('audit', tree.size, `audit payload ${orphan}`, 'it belongs to no entry'), root }
  return { ...clean('audit', tree.size), root }
}

function flawOf(row: Row, expected: number, previous: Buffer): string | null {
  if (row.seq !== expected) return `entry ${expected} is missing`
  if (!row.prev_hash.equals(previous)) return 'it does not follow from the entry before'
  let hash: Buffer
  try {
    hash = chainHash(previous, hashedPart(row))
  } catch {
    return 'it cannot be read'
  }
  if (!row.entry_hash.equals(hash)) return 'its content does not match its hash'
  // A missing payload was erased; a present one must be what was committed to.
  if (row.salt === null || row.payload === null) return null
  return commitment(row.salt, row.payload) === row.payload_commitment ? null : 'its payload does not match its commitment'
}
