/** Acknowledged events. The same source and id again finds the first answer. */
import type { FlowEvent, UserId } from '@sluice/engine/core'
import type { ArrivedEvent, InboxRow, StartedRun, Store } from '@sluice/engine/worker'
import type { Json } from '@sluice/flows'
import type { Connection } from '../connection.ts'
import { rowSum } from '../row-sum.ts'
import { jsonText } from './json-text.ts'

/** What the checksum of a row takes last. Rows written before authors were kept have the sum they always had. */
export const receivedAndSaid = "received_at || coalesce(' ' || authors, '')"

type ArrivedRow = Omit<FlowEvent, 'data'> & { readonly data: string; readonly authors: string | null }

export function inboxStore(db: Connection): Store['inbox'] {
  const find = db.prepare<[string, string], { source: string; id: string; event: string; runs: string }>(
    'SELECT source, id, event, runs FROM inbox WHERE source = ? AND id = ?',
  )
  const insert = db.prepare(`
    INSERT INTO inbox (event, source, id, type, subject, time, data, runs, received_at, authors, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const arrived = db.prepare<[string, number, number, number], ArrivedRow>(`
    SELECT id, source, type, subject, time, data, authors FROM inbox WHERE type = ? AND received_at >= ? ORDER BY received_at, rowid LIMIT ? OFFSET ?`)
  return {
    find(source, id): InboxRow | null {
      const row = find.get(source, id)
      return row === undefined ? null : { ...row, runs: JSON.parse(row.runs) as readonly StartedRun[] }
    },
    arrived: ({ type, since, limit, offset }) =>
      arrived.all(type, since, limit, offset).map(({ authors, data, ...envelope }): ArrivedEvent => {
        const event: FlowEvent = { ...envelope, data: JSON.parse(data) as Json }
        return authors === null ? { event } : { event, authors: JSON.parse(authors) as readonly UserId[] }
      }),
    insert(row, event, receivedAt) {
      const data = jsonText(event.data)
      const values = [row.event, row.source, row.id, event.type, event.subject, event.time, data, JSON.stringify(row.runs), receivedAt]
      const authors = row.authors === undefined ? null : JSON.stringify(row.authors)
      insert.run(...values, authors, rowSum(authors === null ? values : [...values.slice(0, -1), `${receivedAt} ${authors}`]))
    },
  }
}
