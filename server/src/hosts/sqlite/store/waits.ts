/** Steps that wait for an event: the index an arriving event is matched against. */
import type { Store } from '@sluice/engine/worker'
import type { Connection } from '../connection.ts'
import { rowSum } from '../row-sum.ts'

export function waitsStore(db: Connection): Store['waits'] {
  const open = db.prepare('INSERT OR REPLACE INTO waits (run, token, type, key, sum) VALUES (?, ?, ?, ?, ?)')
  const close = db.prepare('DELETE FROM waits WHERE run = ? AND token = ?')
  const matching = db.prepare<[string], { run: string; token: string; key: string }>(
    'SELECT run, token, key FROM waits WHERE type = ? ORDER BY run, token',
  )
  return {
    open(run, token, type, key) {
      open.run(run, token, type, key, rowSum([run, token, type, key]))
    },
    close(run, token) {
      close.run(run, token)
    },
    matching: (type) => matching.all(type),
  }
}
