/** Compares the checksum of every row that is not hash-chained. */
import type { Connection } from '../connection.ts'
import { type AnyTable, sqlName } from '../records/columns.ts'
import { quote } from '../records/make-tables.ts'
import { receivedAndSaid } from '../store/inbox.ts'
import { outboxColumns } from '../store/outbox.ts'
import { clean, damaged, type Finding } from './finding.ts'

interface Summed {
  readonly table: string
  /** Columns in the order the writer sums them. */
  readonly columns: string
  readonly sum: string
  /** What names a row to a person. */
  readonly key: string
  /** Of a column that is not summed and in no index here: what it can never be. */
  readonly never?: string
}

const runColumns =
  'id, flow, version, digest, status, subject, uses, event_id, trigger, parent_run, parent_token, started_at, ended_at, seq, output, error, state'

const platform: readonly Summed[] = [
  { table: 'migrations', columns: 'number, name, checksum, applied_at', sum: 'sum', key: 'number' },
  { table: 'pack_tables', columns: 'name, definition', sum: 'sum', key: 'name' },
  { table: 'flow_versions', columns: 'key, version, digest, compiled, active', sum: 'sum', key: "key || ' version ' || version" },
  { table: 'runs', columns: runColumns, sum: 'sum', key: 'id', never: 'subject IS NULL AND part <> 0' },
  { table: 'inbox', columns: `event, source, id, type, subject, time, data, runs, ${receivedAndSaid}`, sum: 'sum', key: 'event' },
  { table: 'outbox', columns: outboxColumns, sum: 'sum', key: 'id' },
  { table: 'timers', columns: 'run, id, due_at, command, payload', sum: 'sum', key: "run || ' ' || id" },
  { table: 'waits', columns: 'run, token, type, key', sum: 'sum', key: "run || ' ' || token" },
]

export function verifyRows(db: Connection): Finding {
  let checked = 0
  for (const { table, columns, sum, key, never = 'FALSE' } of [...platform, ...packTables(db)]) {
    const flawed = `${sum} IS NOT row_sum(${columns}) OR (${never})`
    const wrong = db.prepare<[], string>(`SELECT ${key} FROM ${table} WHERE ${flawed} LIMIT 1`).pluck().get()
    if (wrong !== undefined) return damaged('rows', checked, `${table} row ${wrong}`, 'its content does not match its checksum')
    checked += db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0
  }
  return clean('rows', checked)
}

/** By what the file says of itself, so that a restored copy can be proved without the packs that made it. */
function packTables(db: Connection): readonly Summed[] {
  const rows = db.prepare<[], { name: string; definition: string }>('SELECT name, definition FROM pack_tables ORDER BY name').all()
  return rows.map(({ name, definition }) => {
    const table = { ...(JSON.parse(definition) as Omit<AnyTable, 'name'>), name }
    return {
      table: sqlName(table),
      columns: Object.keys(table.columns).map(quote).join(', '),
      sum: 'row_checksum',
      key: (table.primaryKey as readonly string[]).map(quote).join(" || ' ' || "),
    }
  })
}
