/**
 * kill -9 among live runs that each wait a few seconds, a restart when all of them are due, and how long it takes until the last one has
 * ended: counted from the moment the server says that it listens. Then a recount: every run ended well, and each timer rang once.
 * `node server/tools/run-ts.mjs server/bench/restart.ts [runs]`
 */
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openReader } from '../src/hosts/sqlite/connection.ts'
import { dataFolder, startProduct } from './product.ts'
import { table } from './statistics.ts'

const runs = Number(process.argv[2] ?? '1000')
const waitMs = 15_000
const doneMsMax = 60_000
const flow = {
  format: 'sluice/flow@1',
  key: 'bench-restart',
  name: { en: 'Benchmark: a short wait', 'zh-CN': '基准测试：短暂等待' },
  nodes: [
    { id: 'start', type: 'core.event', config: { type: 'com.example.restart' } },
    { id: 'wait', type: 'core.wait', config: { for: `PT${waitMs / 1_000}S` } },
    { id: 'end', type: 'core.stop', config: { output: '{% event.subject %}' } },
  ],
  edges: [
    { from: 'start.out', to: 'wait.in' },
    { from: 'wait.out', to: 'end.in' },
  ],
} as const

const { data, remove } = dataFolder()
const first = await startProduct(data)
await first.publish(flow)
await Promise.all(Array.from({ length: runs }, (_, index) => first.send('com.example.restart', `c-${index}`)))
const sent = Date.now()
first.server.child.kill('SIGKILL')
await once(first.server.child, 'exit')
await sleep(Math.max(0, sent + waitMs - Date.now()))

const second = await startProduct(data)
const db = openReader(join(data, 'sluice.db'))
const ended = db.prepare<[], number>("SELECT count(*) FROM runs WHERE flow = 'bench-restart' AND status = 'succeeded'").pluck()
for (const until = Date.now() + doneMsMax; Date.now() < until && ended.get() !== runs; await sleep(20));
const done = ended.get() ?? 0
const doubled = db.prepare<[], number>(
  `SELECT count(*) FROM (SELECT run FROM journal GROUP BY run HAVING sum(entries LIKE '%"timer.fired"%') > 1)`,
)
const last = db.prepare<[], number>("SELECT max(ended_at) FROM runs WHERE flow = 'bench-restart'").pluck().get() ?? Number.NaN
const rows = [
  ['live runs at the kill', 'ended after the restart', 'doubled', 'listening ms', 'last run ended, ms after listening'],
  [runs, done, doubled.pluck().get() ?? Number.NaN, second.listeningMs, Math.max(0, last - second.listeningAt)].map((value) =>
    value.toFixed(0),
  ),
]
db.close()
await second.server.stop()
remove()
process.stdout.write(`${table(rows)}\n`)
process.exit(done === runs ? 0 : 1)
