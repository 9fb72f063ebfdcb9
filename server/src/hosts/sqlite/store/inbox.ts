/** Acknowledged events. The same source and id again finds the first answer. */
import type { InboxRow, StartedRun, Store } from '@sluice/engine/worker'
import type { Connection } from '../connection.ts'
import { rowSum } from '../row-sum.ts'

export function inboxStore(db: Connection): Store['inbox'] {
  const find = db.prepare<[string, string], { source: string; id: string; event: string; runs: string }>(
    'SELECT source, id, event, runs FROM inbox WHERE source = ? AND id = ?',
  )
  const insert = db.prepare(`
    INSERT INTO inbox (event, source, id, type, subject, time, data, runs, received_at, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  return {
    find(source, id): InboxRow | null {
      const row = find.get(source, id)
      return row === undefined ? null : { ...row, runs: JSON.parse(row.runs) as readonly StartedRun[] }
    },
    insert(row, event, receivedAt) {
      const data = JSON.stringify(event.data)
      const values = [row.event, row.source, row.id, event.type, event.subject, event.time, data, JSON.stringify(row.runs), receivedAt]
      insert.run(...values, rowSum(values))
    },
  }
}
