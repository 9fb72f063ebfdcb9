/** Folds every journal again with the engine's own `apply` and compares the result with the run's row (I3). */
import { applyAll, type CompiledFlow, canonicalJson, type JournalEntry, type RunState } from '@sluice/engine/core'
import type { Connection } from '../connection.ts'
import { flowsStore } from '../store/flows.ts'
import { journalStore } from '../store/journal.ts'
import { runsStore } from '../store/runs.ts'
import { clean, damaged, type Finding } from './finding.ts'

export function verifyRuns(db: Connection): Finding {
  const flowOf = cachedFlows(db)
  const journal = journalStore(db)
  const runs = runsStore(db)
  let checked = 0
  for (const id of db.prepare<[], string>('SELECT id FROM runs ORDER BY id').pluck().all()) {
    const stored = runs.load(id)?.state
    if (stored === undefined) return damaged('runs', checked, `run ${id}`, 'it cannot be read')
    const flow = flowOf(stored.flow, stored.version)
    if (flow === null) return damaged('runs', checked, `run ${id}`, `version ${stored.version} of flow ${stored.flow} is missing`)
    const why = flawOf(stored, flow, () => journal.read(id).flatMap((row) => row.entries))
    if (why !== null) return damaged('runs', checked, `run ${id}`, why)
    checked += 1
  }
  const lost = db.prepare<[], string>(lostRun).pluck().get()
  return lost === undefined ? clean('runs', checked) : damaged('runs', checked, `event ${lost}`, 'a run it was answered with is missing')
}

/** What was acknowledged must be there (I1). */
const lostRun = `
  SELECT inbox.event FROM inbox, json_each(inbox.runs) AS started
  WHERE NOT EXISTS (SELECT 1 FROM runs WHERE id = started.value ->> 'run') LIMIT 1`

function flawOf(stored: RunState, flow: CompiledFlow, entries: () => readonly JournalEntry[]): string | null {
  if (flow.digest !== stored.digest) return 'its flow is not the one it started on'
  let folded: RunState
  try {
    folded = applyAll(flow, null, entries())
  } catch {
    return 'its journal cannot be folded'
  }
  if (canonicalJson(summaryOf(stored)) !== canonicalJson(summaryOf(folded))) return 'its row does not say what its journal says'
  if (stored.endedAt !== null || canonicalJson(stored) === canonicalJson(folded)) return null
  return 'its state is not what its journal gives'
}

/** What an ended run's row still holds. */
function summaryOf(run: RunState): object {
  const { id, flow, version, digest, status, startedAt, endedAt, trigger, output, error, parent, seq } = run
  return { id, flow, version, digest, status, startedAt, endedAt, trigger, output, error, parent, seq }
}

function cachedFlows(db: Connection): (key: string, version: number) => CompiledFlow | null {
  const flows = flowsStore(db)
  const cache = new Map<string, CompiledFlow | null>()
  return (key, version) => {
    const name = `${key}@${version}`
    const known = cache.get(name)
    if (known !== undefined) return known
    const flow = flows.get(key, version)
    cache.set(name, flow)
    return flow
  }
}
