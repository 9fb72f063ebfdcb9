/** Published flows, compiled. A version is written once; which one is active may change. */
import type { CompiledFlow } from '@sluice/engine/core'
import type { Store } from '@sluice/engine/worker'
import type { Connection } from '../connection.ts'
import { rowSum } from '../row-sum.ts'
import { storedJson } from '../stored-json.ts'

export function flowsStore(db: Connection): Store['flows'] {
  const active = db.prepare<[], string>('SELECT compiled FROM flow_versions WHERE active = 1 ORDER BY key').pluck()
  const get = db.prepare<[string, number], string>('SELECT compiled FROM flow_versions WHERE key = ? AND version = ?').pluck()
  const put = db.prepare(
    'INSERT INTO flow_versions (key, version, digest, compiled, active, sum) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key, version) DO NOTHING',
  )
  const digest = db.prepare<[string, number], string>('SELECT digest FROM flow_versions WHERE key = ? AND version = ?').pluck()
  const deactivate = db.prepare(`UPDATE flow_versions SET active = 0, sum = ${sumWith(0)} WHERE key = ? AND active = 1`)
  const activate = db.prepare(`UPDATE flow_versions SET active = 1, sum = ${sumWith(1)} WHERE key = ? AND version = ?`)
  const needed = db
    .prepare<[string, string], number>(
      'SELECT EXISTS (SELECT 1 FROM runs WHERE flow = ?) OR EXISTS (SELECT 1 FROM flow_versions WHERE key = ? AND active = 1)',
    )
    .pluck()
  const remove = db.prepare<[string]>('DELETE FROM flow_versions WHERE key = ?')
  const parsed = (text: string): CompiledFlow => storedJson<CompiledFlow>(text)

  return {
    active: () => active.all().map(parsed),
    get(key, version) {
      const text = get.get(key, version)
      return text === undefined ? null : parsed(text)
    },
    put(flow) {
      const values = [flow.key, flow.version, flow.digest, JSON.stringify(flow), 0]
      const { changes } = put.run(...values, rowSum(values))
      // Sealed: the same version again must be the same flow (I11).
      if (changes === 0 && digest.get(flow.key, flow.version) !== flow.digest) {
        throw new Error(`SLU_FLOW_VERSION_SEALED: version ${flow.version} of ${flow.key} was published with other content`)
      }
    },
    activate(key, version) {
      deactivate.run(key)
      if (version === null) return
      const { changes } = activate.run(key, version)
      if (changes === 0) throw new Error(`SLU_FLOW_VERSION_UNKNOWN: ${key} has no version ${version}`)
    },
    forget(key) {
      if (needed.get(key, key) === 1) return false
      remove.run(key)
      return true
    },
  }
}

/** The row's checksum once `active` is set to this. */
function sumWith(active: 0 | 1): string {
  return `row_sum(key, version, digest, compiled, ${active})`
}
