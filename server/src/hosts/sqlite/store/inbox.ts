/** Acknowledged events. The same source and id again finds the first answer. */
import type { FlowEvent } from '@sluice/engine/core'
import type { InboxRow, StartedRun, Store } from '@sluice/engine/worker'
import type { Json } from '@sluice/flows'
import type { Connection } from '../connection.ts'
import { rowSum } from '../row-sum.ts'
import { jsonText } from './json-text.ts'

export function inboxStore(db: Connection): Store['inbox'] {
  const find = db.prepare<[string, string], { source: string; id: string; event: string; runs: string }>(
    'SELECT source, id, event, runs FROM inbox WHERE source = ? AND id = ?',
  )
  const insert = db.prepare(`
    INSERT INTO inbox (event, source, id, type, subject, time, data, runs, received_at, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const arrived = db.prepare<[string, number, number, number], Omit<FlowEvent, 'data'> & { readonly data: string }>(`
    SELECT id, source, type, subject, time, data FROM inbox WHERE type = ? AND received_at >= ? ORDER BY received_at, rowid LIMIT ? OFFSET ?`)
  return {
    find(source, id): InboxRow | null {
      const row = find.get(source, id)
      return row === undefined ? null : { ...row, runs: JSON.parse(row.runs) as readonly StartedRun[] }
    },
    arrived: ({ type, since, limit, offset }) =>
      arrived.all(type, since, limit, offset).map((row) => ({ ...row, data: JSON.parse(row.data) as Json })),
    insert(row, event, receivedAt) {
      const data = jsonText(event.data)
      const values = [row.event, row.source, row.id, event.type, event.subject, event.time, data, JSON.stringify(row.runs), receivedAt]
      insert.run(...values, rowSum(values))
    },
  }
}
