/** Steps that wait for an event: the index an arriving event is matched against. */
import type { Store } from '@sluice/engine/worker'
import type { Connection } from '../connection.ts'
import { rowSum } from '../row-sum.ts'

export function waitsStore(db: Connection): Store['waits'] {
  const open = db.prepare('INSERT OR REPLACE INTO waits (run, token, type, key, sum) VALUES (?, ?, ?, ?, ?)')
  const close = db.prepare('DELETE FROM waits WHERE run = ? AND token = ?')
  const matching = db.prepare<[string, string, number], { run: string; token: string }>(
    'SELECT run, token FROM waits WHERE type = ? AND key = ? ORDER BY run, token LIMIT ?',
  )
  const keyFrom = db.prepare<[string, string], string>('SELECT key FROM waits WHERE type = ? AND key >= ? ORDER BY key LIMIT 1').pluck()
  return {
    open(run, token, type, key) {
      open.run(run, token, type, key, rowSum([run, token, type, key]))
    },
    close(run, token) {
      close.run(run, token)
    },
    matching: (type, key, limit) => matching.all(type, key, limit),
    keyFrom: (type, from) => keyFrom.get(type, from) ?? null,
  }
}
