/** A fresh, migrated database in a folder of its own: for tests and benchmarks. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '@sluice/engine/worker'
import { type Connection, openWriter } from './connection.ts'
import { auditKey, type DataFolder, dataFolder, prepareDataFolder } from './data-folder.ts'
import { migrate } from './migrate.ts'
import type { AnyTable } from './records/columns.ts'
import { sqliteStore } from './store/index.ts'

export interface TestDatabase {
  readonly folder: DataFolder
  readonly db: Connection
  readonly store: Store
  close(): void
}

export function temporaryFolder(): DataFolder {
  return dataFolder(mkdtempSync(join(tmpdir(), 'sluice-test-')))
}

export function openTestDatabase(tables: readonly AnyTable[] = [], folder = temporaryFolder()): TestDatabase {
  prepareDataFolder(folder)
  const db = openWriter(folder.database)
  migrate(db, { backups: folder.backups, now: () => 0 })
  const store = sqliteStore(db, { tables, auditKey: auditKey(folder) })
  return {
    folder,
    db,
    store,
    close() {
      db.close()
      rmSync(folder.root, { recursive: true, force: true })
    },
  }
}
