/** Opens the data for writing: folder, lock, unfinished restore, settings, migrations, tables. In this order. */
import { finishRestore } from './backup.ts'
import { type Connection, openWriter } from './connection.ts'
import { auditKey, type DataFolder, dataFolder, prepareDataFolder } from './data-folder.ts'
import { lockDataFolder } from './lock.ts'
import { copyFile, migrate } from './migrate.ts'
import type { AnyTable } from './records/columns.ts'
import { growingTables } from './records/make-tables.ts'
import { diskGuard } from './reserve.ts'
import { type SqliteStore, sqliteStore } from './store/index.ts'

export interface OpenData {
  readonly folder: DataFolder
  readonly db: Connection
  readonly store: SqliteStore
  close(): void
}

export function openData(root: string, tables: readonly AnyTable[], now: () => number): OpenData {
  const folder = dataFolder(root)
  prepareDataFolder(folder)
  const lock = lockDataFolder(folder)
  try {
    finishRestore(folder)
    // A start on a full disk needs some room itself: what was kept aside is for that, too.
    diskGuard(folder).makeRoom()
    const db = openWriter(folder.database)
    try {
      migrate(db, { backups: folder.backups, now })
      // Columns that packs added are a change of the file like a migration: first a copy, then the change.
      if (growingTables(db, tables).length > 0) copyFile(db, folder.backups, `before-columns-${now()}.db`)
      const store = sqliteStore(db, { tables, auditKey: auditKey(folder) })
      return {
        folder,
        db,
        store,
        close() {
          db.close()
          lock.release()
        },
      }
    } catch (error) {
      db.close()
      throw error
    }
  } catch (error) {
    lock.release()
    throw error
  }
}
