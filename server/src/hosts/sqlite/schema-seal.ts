/** The file's own schema as one digest: a trigger or index that rotted away would otherwise be missed by no one. */
import { createHash } from 'node:crypto'
import type { Connection } from './connection.ts'

export function schemaDigest(db: Connection): string {
  const rows = db.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name <> 'schema_seal' ORDER BY type, name").raw().all()
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex')
}

/** To be called in the transaction that changed the schema. */
export function sealSchema(db: Connection): void {
  db.prepare('INSERT OR REPLACE INTO schema_seal (id, digest) VALUES (1, ?)').run(schemaDigest(db))
}

export function sealedDigest(db: Connection): string | undefined {
  return db.prepare<[], string>('SELECT digest FROM schema_seal WHERE id = 1').pluck().get()
}
