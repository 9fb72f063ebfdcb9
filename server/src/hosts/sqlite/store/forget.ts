/**
 * Takes ended runs away, and with them what was kept only for their sake. Each run's journal is a chain of its own, so no other
 * chain is broken; an event that other runs began with stays and no longer names those that are gone.
 */
import type { Forgotten, StartedRun } from '@sluice/engine/worker'
import type { Connection } from '../connection.ts'
import { storedJson } from '../stored-json.ts'
import { receivedAndSaid } from './inbox.ts'
import { partsSql } from './run-parts.ts'

interface NamedEvent {
  readonly event: string
  readonly subject: string | null
  readonly runs: string
}

export function forgetRuns(db: Connection): (which: Forgotten) => number {
  const ended = db.prepare<[string, string], string>(`WITH RECURSIVE ${partsSql}
    SELECT id FROM runs WHERE part IN (SELECT n FROM parts) AND subject IN (SELECT value FROM json_each(?)) AND ended_at IS NOT NULL
    UNION ALL
    SELECT id FROM runs WHERE ended_at IS NOT NULL AND subject IS NULL AND flow IN (SELECT value FROM json_each(?))`)
  const events = db.prepare<[string], NamedEvent>(`
    SELECT event, subject, runs FROM inbox WHERE runs <> '[]' OR subject IN (SELECT value FROM json_each(?))`)
  const statements = {
    run: db.prepare('DELETE FROM runs WHERE id = ?'),
    journal: db.prepare('DELETE FROM journal WHERE run = ?'),
    acts: db.prepare("DELETE FROM outbox WHERE run = ? AND state IN ('done', 'cancelled')"),
    looseActs: db.prepare("DELETE FROM outbox WHERE subject IN (SELECT value FROM json_each(?)) AND state IN ('done', 'cancelled')"),
    event: db.prepare('DELETE FROM inbox WHERE event = ?'),
    shorter: db.prepare(
      `UPDATE inbox SET runs = @runs, sum = row_sum(event, source, id, type, subject, time, data, @runs, ${receivedAndSaid}) WHERE event = @event`,
    ),
  }

  return ({ subjects, flows }) => {
    const people = JSON.stringify(subjects)
    const gone = new Set(ended.pluck().all(people, JSON.stringify(flows)))
    for (const id of gone) {
      statements.run.run(id)
      statements.journal.run(id)
      statements.acts.run(id)
    }
    statements.looseActs.run(people)
    const told = new Set<string | null>(subjects)
    for (const row of events.all(people)) {
      const runs = storedJson<readonly StartedRun[]>(row.runs)
      const left = runs.filter(({ run }) => !gone.has(run))
      if (left.length === 0 && (runs.length > 0 || told.has(row.subject))) statements.event.run(row.event)
      else if (left.length < runs.length) statements.shorter.run({ event: row.event, runs: JSON.stringify(left) })
    }
    return gone.size
  }
}
