/**
 * Runs come and old ones go: a file full of ended runs, the retention set to keep a part of them, and load at the same time, until nothing is
 * left to take away. Then the size of the file beside that of a copy without a free byte, the largest write-ahead log, and the memory of
 * the process all along, printed every half minute. What ended ten minutes ago at most is never pruned, so the old runs are filled in, not lived.
 * `node server/tools/run-ts.mjs server/bench/pruning.ts [old runs] [runs kept] [runs a second]`
 */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openWriter } from '../src/hosts/sqlite/connection.ts'
import { fill } from './fill.ts'
import { fourSteps } from './four-steps.flow.ts'
import { startFile } from './process.ts'
import { dataFolder, startProduct, token } from './product.ts'
import { median, table } from './statistics.ts'

const old = Number(process.argv[2] ?? '1000000')
const kept = Number(process.argv[3] ?? '30000')
const perSecond = process.argv[4] ?? '200'
const secondsMax = 540
const toldEverySeconds = 30
const mb = 2 ** 20

const { data, remove } = dataFolder()
const file = join(data, 'sluice.db')
const first = await startProduct(data)
await first.publish(fourSteps)
const sample = await first.send('com.example.bench', 'c-1')
await first.ask('PUT', '/settings/retention', { runDays: 180, runsMax: kept })
await first.server.stop()
const filling = performance.now()
fill(data, { ended: sample, waiting: '' }, { ended: old, waiting: 0, endedAgoMs: 86_400_000 })
const before = statSync(file).size
process.stdout.write(`${old} runs filled in within ${((performance.now() - filling) / 1_000).toFixed(0)} s\n`)

const { server, url, metric } = await startProduct(data)
const load = startFile('load.ts', [url, String(secondsMax), '16', perSecond, token])
const memory: number[] = []
const logs: number[] = []
const began = performance.now()
const seconds = () => (performance.now() - began) / 1_000
let pruned = 0
for (let told = 0; pruned < (old - kept) * 0.99 && seconds() < secondsMax; await sleep(1_000)) {
  pruned = await metric('sluice_runs_pruned_total')
  memory.push((await metric('sluice_process_resident_memory_bytes')) / mb)
  logs.push((await metric('sluice_wal_bytes')) / mb)
  if (seconds() < told) continue
  told += toldEverySeconds
  const line = [memory.at(-1), statSync(file).size / mb, logs.at(-1)].map((value) => value?.toFixed(0))
  process.stdout.write(`${seconds().toFixed(0)} s: ${pruned} pruned, memory ${line[0]} MB, file ${line[1]} MB, log ${line[2]} MB\n`)
}
const took = seconds()
const started = await metric('sluice_runs_started_total')
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
const thirds = [0, 1, 2].map((part) => median(memory.slice(part * third, (part + 1) * third)))
const columns: readonly (readonly [string, number])[] = [
  ['old runs', old],
  ['kept', kept],
  ['pruned', pruned],
  ['pruned/s', pruned / took],
  ['new/s', started / took],
  ['file MB before', before / mb],
  ['after', after / mb],
  ['live data MB', live / mb],
  ['file/live', after / live],
  ['WAL max MB', Math.max(...logs)],
  ['memory MB by thirds', thirds[0] ?? Number.NaN],
  ['', thirds[1] ?? Number.NaN],
  ['', thirds[2] ?? Number.NaN],
  ['most', Math.max(...memory)],
]
const row = columns.map(([name, value]) => value.toFixed(name === 'file/live' ? 2 : 0))
process.stdout.write(`${table([columns.map(([name]) => name), row])}\n(${took.toFixed(0)} s; bars: file/live 1.3, WAL 64 MB)\n`)
