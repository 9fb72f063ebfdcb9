/** Acknowledged events. The same source and id again finds the first answer. */
import type { EventExtensions, FlowEvent, UserId } from '@sluice/engine/core'
import type { ArrivedEvent, InboxRow, StartedRun, Store } from '@sluice/engine/worker'
import type { Json } from '@sluice/flows'
import type { Connection } from '../connection.ts'
import { rowSum } from '../row-sum.ts'
import { storedJson } from '../stored-json.ts'
import { jsonText } from './json-text.ts'

/** What the checksum of a row takes last. Rows written before authors and extensions were kept have the sum they always had. */
export const receivedAndSaid = "received_at || coalesce(' ' || authors, '') || coalesce(' ' || extensions, '')"

type ArrivedRow = Omit<FlowEvent, 'data' | 'extensions'> & {
  readonly data: string
  readonly authors: string | null
  readonly extensions: string | null
}

/** An event as its row holds it. */
export function eventOf({ id, source, type, subject, time, data, extensions }: Omit<ArrivedRow, 'authors'>): FlowEvent {
  const event: FlowEvent = { id, source, type, subject, time, data: storedJson<Json>(data) }
  return extensions === null ? event : { ...event, extensions: storedJson<EventExtensions>(extensions) }
}

export function inboxStore(db: Connection): Store['inbox'] {
  const find = db.prepare<[string, string], { source: string; id: string; event: string; runs: string }>(
    'SELECT source, id, event, runs FROM inbox WHERE source = ? AND id = ?',
  )
  const insert = db.prepare(`
    INSERT INTO inbox (event, source, id, type, subject, time, data, runs, received_at, authors, extensions, sum)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const arrived = db.prepare<[string, number, number, number], ArrivedRow>(`
    SELECT id, source, type, subject, time, data, authors, extensions FROM inbox WHERE type = ? AND received_at >= ? ORDER BY received_at, rowid LIMIT ? OFFSET ?`)
  return {
    find(source, id): InboxRow | null {
      const row = find.get(source, id)
      return row === undefined ? null : { ...row, runs: storedJson<readonly StartedRun[]>(row.runs) }
    },
    arrived: ({ type, since, limit, offset }) =>
      arrived.all(type, since, limit, offset).map(({ authors, ...row }): ArrivedEvent => {
        const event = eventOf(row)
        return authors === null ? { event } : { event, authors: storedJson<readonly UserId[]>(authors) }
      }),
    insert(row, event, receivedAt) {
      const data = jsonText(event.data)
      const values = [row.event, row.source, row.id, event.type, event.subject, event.time, data, JSON.stringify(row.runs), receivedAt]
      const authors = row.authors === undefined ? null : JSON.stringify(row.authors)
      const extensions = event.extensions === undefined ? null : JSON.stringify(event.extensions)
      const said = `${receivedAt}${authors === null ? '' : ` ${authors}`}${extensions === null ? '' : ` ${extensions}`}`
      insert.run(...values, authors, extensions, rowSum(authors === null && extensions === null ? values : [...values.slice(0, -1), said]))
    },
  }
}
