/**
 * Runs come and old ones go: a file full of ended runs, the retention set to keep a part of them, and load at the same time, until nothing is
 * left to take away. Then the size of the file beside that of a copy without a free byte, the largest write-ahead log, and the memory of
 * the process in each third of the time. What ended ten minutes ago at most is never pruned, so the old runs are filled in, not lived.
 * `node server/tools/run-ts.mjs server/bench/pruning.ts [old runs] [runs kept] [runs a second]`
 */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openWriter } from '../src/hosts/sqlite/connection.ts'
import { ageEnded, fill } from './fill.ts'
import { fourSteps } from './four-steps.flow.ts'
import { startFile } from './process.ts'
import { dataFolder, startProduct, token } from './product.ts'
import { median, table } from './statistics.ts'

const old = Number(process.argv[2] ?? '300000')
const kept = Number(process.argv[3] ?? '30000')
const perSecond = process.argv[4] ?? '500'
const secondsMax = 540
const mb = 2 ** 20

const { data, remove } = dataFolder()
const file = join(data, 'sluice.db')
const first = await startProduct(data)
await first.publish(fourSteps)
const sample = await first.send('com.example.bench', 'c-1')
await first.ask('PUT', '/settings/retention', { runDays: 180, runsMax: kept })
await first.server.stop()
fill(data, { ended: sample, waiting: '' }, { ended: old, waiting: 0 })
ageEnded(data)
const before = statSync(file).size

const { server, url, metric } = await startProduct(data)
const load = startFile('load.ts', [url, String(secondsMax), '16', perSecond, token])
const memory: number[] = []
const logs: number[] = []
const began = performance.now()
let stored = old
while (stored > kept * 1.05 && performance.now() - began < secondsMax * 1_000) {
  await sleep(1_000)
  memory.push((await metric('sluice_process_resident_memory_bytes')) / mb)
  logs.push((await metric('sluice_wal_bytes')) / mb)
  const young = await metric('sluice_runs_started_total')
  // Younger than ten minutes: not yet for pruning, whatever is set.
  stored = (await metric('sluice_runs_stored')) - young
}
const seconds = (performance.now() - began) / 1_000
const [pruned, started] = [await metric('sluice_runs_pruned_total'), await metric('sluice_runs_started_total')]
await load.stop()
// Pages that became free go back to the disk a few at a time.
for (let size = 0, still = 0; still < 10; await sleep(500)) {
  const now = statSync(file).size
  still = now === size ? still + 1 : 0
  size = now
}
await server.stop()

const after = statSync(file).size
const copy = join(data, 'copy.db')
const db = openWriter(file)
db.prepare('VACUUM INTO ?').run(copy)
db.close()
const live = statSync(copy).size
remove()
const third = Math.max(1, Math.floor(memory.length / 3))
const head = [
  'old runs',
  'kept',
  'pruned/s',
  'new/s',
  'file MB before',
  'after',
  'live data MB',
  'file/live',
  'WAL max MB',
  'memory MB by thirds',
  '',
  '',
]
const row = [
  old,
  kept,
  pruned / seconds,
  started / seconds,
  before / mb,
  after / mb,
  live / mb,
  after / live,
  Math.max(...logs),
  ...[0, 1, 2].map((part) => median(memory.slice(part * third, (part + 1) * third))),
].map((value, column) => value.toFixed(column === 7 ? 2 : 0))
process.stdout.write(`${table([head, row])}\n(${seconds.toFixed(0)} s; bars: file/live 1.3, WAL 64 MB)\n`)
