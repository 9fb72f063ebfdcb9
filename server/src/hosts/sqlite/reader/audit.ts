/** What people ask of the audit log: a list, the root that stands for all of it, and the proof that an entry is in it. */
import type { Json } from '@sluice/flows'
import { and, desc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { leafOf, type StoredAuditEntry, subjectToken } from '../audit/entry.ts'
import { inclusionProof, merkleRoot } from '../audit/merkle.ts'
import type { Connection } from '../connection.ts'
import { auditLog, auditPayloads, auditRefs } from '../schema.ts'
import { storedJson } from '../stored-json.ts'
import { type AuditFinding, verifyAuditChain } from '../verify/audit.ts'
import { bounded, type Page, pageOf } from './page.ts'

export interface AuditView {
  readonly seq: number
  readonly at: string
  readonly actor: { readonly kind: string; readonly id: string }
  readonly kind: string
  readonly refs: { readonly [name: string]: string }
  /** Null when there was none, or when it was erased. */
  readonly payload: Json
  readonly payloadCommitment: string | null
  readonly prevHash: string
  readonly entryHash: string
}

export interface AuditFilter {
  readonly kind?: string
  /** A customer's id in clear: it is hidden the same way before it is looked for. */
  readonly customer?: string
  readonly actor?: string
  readonly purpose?: string
  /** Of this flow, or of one of its runs that is still kept. */
  readonly flow?: string
  /** Id of a receipt or of a consent record. */
  readonly record?: string
  readonly limit?: number
  readonly cursor?: number
}

export interface AuditProof {
  readonly seq: number
  readonly treeSize: number
  readonly root: string
  /** Canonical JSON of the entry: the leaf that is hashed. */
  readonly leaf: string
  /** Hex, nearest sibling first (RFC 6962 §2.1.1). */
  readonly path: readonly string[]
}

export interface AuditReader {
  /** Newest first. */
  list(filter?: AuditFilter): Page<AuditView, number>
  find(seq: number): AuditView | null
  verify(): AuditFinding
  proof(seq: number): AuditProof | null
}

export function auditReader(connection: Connection, db: BetterSQLite3Database, key: Buffer): AuditReader {
  const all = connection.prepare<[], StoredAuditEntry>('SELECT * FROM audit_log ORDER BY seq')
  const select = () => db.select().from(auditLog).leftJoin(auditPayloads, eq(auditPayloads.seq, auditLog.seq))
  type Joined = ReturnType<ReturnType<typeof select>['all']>[number]

  const viewOf = ({ audit_log: entry, audit_payloads: payload }: Joined): AuditView => ({
    seq: entry.seq,
    at: entry.at,
    actor: { kind: entry.actorKind, id: entry.actorId },
    kind: entry.kind,
    refs: storedJson<AuditView['refs']>(entry.refs),
    payload: payload === null ? null : storedJson<Json>(payload.payload),
    payloadCommitment: entry.payloadCommitment,
    prevHash: entry.prevHash.toString('hex'),
    entryHash: entry.entryHash.toString('hex'),
  })

  return {
    list(filter = {}) {
      const limit = bounded(filter.limit)
      const rows = select()
        .where(conditions(filter, key))
        .orderBy(desc(auditLog.seq))
        .limit(limit + 1)
        .all()
      return pageOf(rows.map(viewOf), limit, (entry) => entry.seq)
    },
    find(seq) {
      const row = select()
        .where(inArray(auditLog.seq, [seq]))
        .get()
      return row === undefined ? null : viewOf(row)
    },
    verify: () => verifyAuditChain(connection),
    proof(seq) {
      const leaves = all.all().map(leafOf)
      const leaf = leaves[seq - 1]
      if (leaf === undefined) return null
      const path = inclusionProof(leaves, seq - 1).map((hash) => hash.toString('hex'))
      return { seq, treeSize: leaves.length, root: merkleRoot(leaves).toString('hex'), leaf, path }
    },
  }
}

const { customer: customerRef, purpose: purposeRef, flow: flowRef, run: runRef, record: recordRef } = auditRefs

/** Each in the words of an index: it is used only where the condition reads the same (009-audit-filters.ts). */
function conditions({ kind, customer, actor, purpose, flow, record, cursor }: AuditFilter, key: Buffer): SQL | undefined {
  const token = customer === undefined ? undefined : subjectToken(key, customer)
  return and(
    kind === undefined ? undefined : eq(auditLog.kind, kind),
    actor === undefined ? undefined : eq(auditLog.actorId, actor),
    token === undefined ? undefined : or(eq(auditLog.actorId, token), sql`${customerRef} = ${token}`),
    // A withdrawal names several, divided by commas.
    purpose === undefined ? undefined : sql`${purposeRef} IS NOT NULL AND instr(',' || ${purposeRef} || ',', ${`,${purpose},`}) > 0`,
    flow === undefined
      ? undefined
      : sql`coalesce(${flowRef}, ${runRef}) IS NOT NULL AND (${flowRef} = ${flow} OR EXISTS (SELECT 1 FROM runs WHERE runs.id = ${runRef} AND runs.flow = ${flow}))`,
    record === undefined ? undefined : sql`${recordRef} = ${record}`,
    cursor === undefined ? undefined : lt(auditLog.seq, cursor),
  )
}
