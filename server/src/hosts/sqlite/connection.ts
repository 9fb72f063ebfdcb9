/** Opens SQLite the one way we trust, and reads every setting back: an ignored pragma is a start that must not happen. */
import Database from 'better-sqlite3'
import { ensurePrivateFile } from './data-folder.ts'
import { rowSum } from './row-sum.ts'

export type Connection = Database.Database

/** `SLUI` in ASCII: marks the file as ours. */
export const applicationId = 0x534c5549

/** Name, value to set, value to read back. */
const writerPragmas = [
  ['journal_mode', 'WAL', 'wal'],
  // The bundled build falls back to NORMAL in WAL mode unless this is set on every open.
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['cell_size_check', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  // ON, not FAST: pages given back to the file are zeroed too, so erased data leaves no byte behind.
  ['secure_delete', 'ON', 1],
  // Keeps what a savepoint may have to undo in memory instead of in a temporary file.
  ['temp_store', 'MEMORY', 2],
  ['busy_timeout', '5000', 5000],
  ['cache_size', '-65536', -65536],
  // Commits checkpoint on their own from 8 MB of WAL; `checkpoint.ts` watches the rest.
  ['wal_autocheckpoint', '1000', 1000],
  ['journal_size_limit', '16777216', 16777216],
] as const

const readerPragmas = [
  ['query_only', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['temp_store', 'MEMORY', 2],
  ['busy_timeout', '5000', 5000],
  ['cache_size', '-16384', -16384],
] as const

/** The one connection that writes. */
export function openWriter(file: string): Connection {
  ensurePrivateFile(file)
  const db = new Database(file)
  try {
    if (db.pragma('page_count', { simple: true }) === 0) shapeEmptyFile(db)
    applyPragmas(db, writerPragmas)
    addRowSum(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Both only take while the file is empty. */
function shapeEmptyFile(db: Connection): void {
  // A journal row is 2-4 KB: with 8 KB pages fewer of them stand half empty (17,700 runs/s against 15,300 with 4 KB, measured).
  db.pragma('page_size = 8192')
  // Lets pruning give space back without a restart.
  db.pragma('auto_vacuum = INCREMENTAL')
}

/** For reading beside the writer; SQLite itself refuses writes here. */
export function openReader(file: string): Connection {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    applyPragmas(db, readerPragmas)
    addRowSum(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Beside the writer too: it only moves what was committed from the log into the file. */
export function openCheckpointer(file: string): Connection {
  const db = new Database(file, { fileMustExist: true })
  try {
    applyPragmas(db, [
      ['synchronous', 'FULL', 2],
      ['trusted_schema', 'OFF', 0],
      ['busy_timeout', '5000', 5000],
      ['wal_autocheckpoint', '0', 0],
    ])
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Row checksums as an SQL function: updates make them, `verify` compares them. */
function addRowSum(db: Connection): void {
  db.function('row_sum', { deterministic: true, varargs: true }, (...values) => rowSum(values))
}

function applyPragmas(db: Connection, pragmas: readonly (readonly [string, string, string | number])[]): void {
  for (const [name, value, expected] of pragmas) {
    db.pragma(`${name} = ${value}`)
    const actual = db.pragma(name, { simple: true })
    if (actual !== expected) throw new Error(`SLU_DATA_PRAGMA: SQLite reports ${name} = ${String(actual)} after it was set to ${value}`)
  }
}
