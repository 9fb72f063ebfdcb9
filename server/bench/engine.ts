/**
 * The engine alone, in one thread, on a real file: event → four steps, group commit, `synchronous=FULL`. Medians of several runs. The CPU
 * time for each run tells more than the rate where other work shares the machine or the disk.
 * `node server/tools/run-ts.mjs server/bench/engine.ts [requests in one commit …]`
 */
import { createEngine, type Engine, type EngineRequest } from '@sluice/engine/worker'
import type { FlowDefinition } from '@sluice/flows'
import { packs } from '@sluice/nodes'
import { checkFlow } from '../src/flows/check-flow.ts'
import { idSource } from '../src/hosts/sqlite/ids.ts'
import { openTestDatabase } from '../src/hosts/sqlite/test-database.ts'
import { createEngineParts } from '../src/packs/engine-parts.ts'
import { fourSteps } from './four-steps.flow.ts'
import { median, table } from './statistics.ts'

const actor = { kind: 'system', id: 'bench' } as const
const runsPerMeasure = 10_000
/** A commit waits for the disk: small ones need not fill the minute. */
const commitsPerMeasure = 200
const measures = 5
const asked = process.argv.slice(2).map(Number)
let count = 0

function event(): EngineRequest {
  count += 1
  const data = { customer: { id: `c-${count % 5_000}`, name: '王伟' }, channel: 'web', amount: count % 100_000, note: 'x'.repeat(120) }
  const subject = `c-${count % 5_000}`
  return {
    kind: 'event',
    actor,
    event: { id: `e-${count}`, source: '/bench', type: 'com.example.bench', subject, time: new Date().toISOString(), data },
  }
}

interface Measured {
  readonly rate: number
  readonly cpuUs: number
}

function measure(engine: Engine, batch: number): Measured {
  const start = performance.now()
  const cpu = process.cpuUsage()
  const runs = Math.min(runsPerMeasure, batch * commitsPerMeasure)
  for (let done = 0; done < runs; done += batch) {
    for (const reply of engine.execute(Array.from({ length: batch }, event))) if (!reply.ok) throw new Error(reply.message)
  }
  const { user, system } = process.cpuUsage(cpu)
  return { rate: runs / ((performance.now() - start) / 1_000), cpuUs: (user + system) / runs }
}

const parts = createEngineParts()
const database = openTestDatabase(parts.tables)
const engine = createEngine({
  store: database.store,
  clock: { now: () => Date.now() },
  newId: idSource(),
  random: Math.random,
  ...parts,
  dispatch: { effects: () => undefined, feed: () => undefined },
  fence: { bump: () => undefined, read: () => 0 },
})
const nodeTypes = new Map(packs.flatMap((pack) => pack.nodes.map((node) => [node.type, node] as const)))
const { compiled, problems } = checkFlow(fourSteps as unknown as FlowDefinition, { nodeTypes, secrets: null })
if (compiled === null) throw new Error(JSON.stringify(problems))
engine.execute([{ kind: 'command', name: 'engine.flow.put', payload: { flow: compiled, activate: true }, actor }])

const rows = [['requests in one commit', 'runs/s (median)', 'slowest', 'fastest', 'CPU µs a run']]
measure(engine, 200)
for (const batch of asked.length > 0 ? asked : [1, 20, 200, 1_000]) {
  const measured = Array.from({ length: measures }, () => measure(engine, batch))
  const rates = measured.map(({ rate }) => rate)
  const cpu = median(measured.map(({ cpuUs }) => cpuUs)).toFixed(0)
  rows.push([String(batch), ...[median(rates), Math.min(...rates), Math.max(...rates)].map((rate) => rate.toFixed(0)), cpu])
}
process.stdout.write(`${table(rows)}\n`)
const bytes = (database.db.pragma('page_count', { simple: true }) as number) * (database.db.pragma('page_size', { simple: true }) as number)
process.stdout.write(`${(bytes / count).toFixed(0)} bytes on disk for each run\n`)
database.close()
