/**
 * What a run costs in CPU time and in bytes read and written, over a nearly empty file and over a full one: the engine alone, as in
 * `engine.ts`, on copies of both files, turn by turn. Counts tell on a busy machine what times do not. Linux only (`/proc/self/io`).
 * `node server/tools/run-ts.mjs server/bench/pages.ts [ended] [waiting] [runs in one commit] [rounds]`
 */
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { createEngine, type Engine, type EngineRequest } from '@sluice/engine/worker'
import type { FlowDefinition } from '@sluice/flows'
import { packs } from '@sluice/nodes'
import { checkFlow } from '../src/flows/check-flow.ts'
import { idSource } from '../src/hosts/sqlite/ids.ts'
import { openTestDatabase, type TestDatabase, temporaryFolder } from '../src/hosts/sqlite/test-database.ts'
import { createEngineParts } from '../src/packs/engine-parts.ts'
import { fill, waitingFlow } from './fill.ts'
import { fourSteps } from './four-steps.flow.ts'
import { median, table } from './statistics.ts'

const [ended = 200_000, waiting = 20_000, batch = 200, rounds = 5] = process.argv.slice(2).map(Number)
const runsPerRound = 10_000
const actor = { kind: 'system', id: 'bench' } as const
const parts = createEngineParts()
const nodeTypes = new Map(packs.flatMap((pack) => pack.nodes.map((node) => [node.type, node] as const)))
let count = 0

function event(type: string, subject: string): EngineRequest {
  count += 1
  const data = { customer: { id: subject, name: '王伟' }, channel: 'web', amount: count % 100_000, note: 'x'.repeat(120) }
  return {
    kind: 'event',
    actor,
    event: { id: `e-${process.pid}-${count}`, source: '/bench', type, subject, time: new Date().toISOString(), data },
  }
}

const next = () => event('com.example.bench', `c-${count % 5_000}`)

function engineOn({ store }: TestDatabase): Engine {
  return createEngine({
    store,
    clock: { now: () => Date.now() },
    newId: idSource(),
    random: Math.random,
    ...parts,
    dispatch: { effects: () => undefined, feed: () => undefined },
    fence: { bump: () => undefined, read: () => 0 },
  })
}

function publish(engine: Engine, definition: FlowDefinition): void {
  const { compiled, problems } = checkFlow(definition, { nodeTypes, secrets: null })
  if (compiled === null) throw new Error(JSON.stringify(problems))
  engine.execute([{ kind: 'command', name: 'engine.flow.put', payload: { flow: compiled, activate: true }, actor }])
}

function startedBy(engine: Engine, request: EngineRequest): string {
  const [reply] = engine.execute([request])
  if (reply?.ok !== true) throw new Error(JSON.stringify(reply))
  return (reply.result as { readonly runs: readonly { readonly run: string }[] }).runs[0]?.run ?? ''
}

/** Bytes through the system calls of this process, whatever the caches of the machine do with them. */
function io(): { readonly read: number; readonly written: number } {
  const text = readFileSync('/proc/self/io', 'utf8')
  const of = (name: string) => Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(text)?.[1])
  return { read: of('rchar'), written: of('wchar') }
}

interface Cost {
  readonly cpuUs: number
  /** Of it in the kernel: reading and writing files. */
  readonly systemUs: number
  readonly readKb: number
  readonly writtenKb: number
}

function cost(engine: Engine): Cost {
  const before = io()
  const cpu = process.cpuUsage()
  for (let done = 0; done < runsPerRound; done += batch) {
    for (const reply of engine.execute(Array.from({ length: batch }, next))) if (!reply.ok) throw new Error(reply.message)
  }
  const { user, system } = process.cpuUsage(cpu)
  const after = io()
  return {
    cpuUs: (user + system) / runsPerRound,
    systemUs: system / runsPerRound,
    readKb: (after.read - before.read) / runsPerRound / 1_024,
    writtenKb: (after.written - before.written) / runsPerRound / 1_024,
  }
}

/** A file with the flows and one run of each, and a full one made of its copy. */
const few = openTestDatabase(parts.tables)
const first = engineOn(few)
for (const flow of [fourSteps, waitingFlow]) publish(first, flow as unknown as FlowDefinition)
const samples = {
  ended: startedBy(first, event('com.example.bench', 'c-1')),
  waiting: startedBy(first, event('com.example.question', 'sample')),
}
few.db.pragma('wal_checkpoint(TRUNCATE)')
const full = temporaryFolder()
const kept = process.env.KEPT ?? ''
cpSync(kept !== '' && existsSync(kept) ? kept : few.folder.root, full.root, { recursive: true })
if (kept === '' || !existsSync(kept)) {
  fill(full.root, samples, { ended, waiting })
  if (kept !== '') cpSync(full.root, kept, { recursive: true })
}
const much = openTestDatabase(parts.tables, full)

const files = [
  { name: 'nearly empty', engine: first, costs: [] as Cost[] },
  { name: `${ended} ended, ${waiting} waiting`, engine: engineOn(much), costs: [] as Cost[] },
]
for (const { engine } of files) cost(engine)
// Neither is always the second.
for (let round = 0; round < rounds; round += 1) {
  for (const { engine, costs } of round % 2 === 0 ? files : [...files].reverse()) costs.push(cost(engine))
}
const rows: (readonly string[])[] = [['file', 'CPU µs a run', 'of it system', 'KB read', 'KB written']]
for (const { name, costs } of files) {
  const of = (field: keyof Cost) => median(costs.map((one) => one[field])).toFixed(1)
  rows.push([name, of('cpuUs'), of('systemUs'), of('readKb'), of('writtenKb')])
}
process.stdout.write(`${table(rows)}\n`)
few.close()
much.close()
