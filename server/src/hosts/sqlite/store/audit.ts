/** Appends to the tamper-evident log. Who and what, never whose: customers appear as keyed tokens, payloads as commitments. */
import { randomBytes } from 'node:crypto'
import type { Store } from '@sluice/engine/worker'
import { auditGenesis, canonicalText, chainHash } from '../audit/chain.ts'
import { commitment, hashedPart, hiddenRefs, subjectToken } from '../audit/entry.ts'
import type { Connection } from '../connection.ts'

export function auditStore(db: Connection, key: Buffer): Store['audit'] {
  const last = db.prepare<[], { seq: number; entry_hash: Buffer }>('SELECT seq, entry_hash FROM audit_log ORDER BY seq DESC LIMIT 1')
  const insert = db.prepare(`
    INSERT INTO audit_log (seq, at, actor_kind, actor_id, kind, refs, payload_commitment, prev_hash, entry_hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const insertPayload = db.prepare('INSERT INTO audit_payloads (seq, salt, payload) VALUES (?, ?, ?)')

  return {
    append(entry) {
      // Read each time: a savepoint that was rolled back must not leave a head in memory that the file does not have.
      const head = last.get()
      const previous = head?.entry_hash ?? auditGenesis
      const seq = (head?.seq ?? 0) + 1
      const salt = entry.payload === null ? null : randomBytes(16)
      const payload = canonicalText(entry.payload)
      const row = {
        seq,
        at: new Date(entry.at).toISOString(),
        actor_kind: entry.actor.kind,
        actor_id: entry.actor.kind === 'customer' ? subjectToken(key, entry.actor.id) : entry.actor.id,
        kind: entry.kind,
        refs: canonicalText(hiddenRefs(key, entry.refs)),
        payload_commitment: salt === null ? null : commitment(salt, payload),
      }
      const hash = chainHash(previous, hashedPart(row))
      insert.run(seq, row.at, row.actor_kind, row.actor_id, row.kind, row.refs, row.payload_commitment, previous, hash)
      if (salt !== null) insertPayload.run(seq, salt, payload)
    },
  }
}
