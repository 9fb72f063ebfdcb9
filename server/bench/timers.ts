/**
 * A million waiting runs, each with a timer. Most are due in a month; some of them, so many a second, within the next minute: how late they ring,
 * what the process takes of memory, and how soon it is ready. How late is told by the journal: the row a timer caused against when it was due.
 * `node server/tools/run-ts.mjs server/bench/timers.ts [armed] [due a second] [seconds]`
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openReader } from '../src/hosts/sqlite/connection.ts'
import { fill, ringSoon, waitingCopy, waitingFlow } from './fill.ts'
import { dataFolder, startProduct } from './product.ts'
import { median, quantile, table } from './statistics.ts'

const armed = Number(process.argv[2] ?? '1000000')
const perSecond = Number(process.argv[3] ?? '1000')
const seconds = Number(process.argv[4] ?? '60')
/** From the filling of the file to the first due timer: the server starts in between. */
const startMs = 20_000
/** A machine that cannot keep up gets so long. */
const lateMsMax = 60_000

const { data, remove } = dataFolder()
const first = await startProduct(data)
await first.publish(waitingFlow)
const sample = await first.send('com.example.question', 'sample')
await first.server.stop()

const everyMs = 1_000 / perSecond
const due = Math.min(armed, perSecond * seconds)
fill(data, { ended: '', waiting: sample }, { ended: 0, waiting: armed })
const from = Date.now() + startMs
ringSoon(data, { count: due, from, everyMs })

const { server, readyMs, metric } = await startProduct(data)
const memory: number[] = []
for (let rung = 0; rung < due && Date.now() < from + due * everyMs + lateMsMax; await sleep(1_000)) {
  memory.push((await metric('sluice_process_resident_memory_bytes')) / 2 ** 20)
  rung = await metric('sluice_timers_fired_total')
}
await server.stop()

const db = openReader(join(data, 'sluice.db'))
const rows = db
  .prepare<[], { readonly number: number; readonly at: number }>(
    `SELECT ${waitingCopy.number('run')} AS number, max(at) AS at FROM journal WHERE ${waitingCopy.is('run')} GROUP BY run HAVING count(*) > 1`,
  )
  .all()
db.close()
remove()
const late = rows.map(({ number, at }) => at - Math.floor(from + number * everyMs)).sort((left, right) => left - right)
const head = ['timers armed', 'due', 'rung', 'late p50 ms', 'p99', 'worst', 'memory MB', 'most', 'ready ms']
const figures = [0.5, 0.99, 1].map((share) => quantile(late, share).toFixed(0))
const megabytes = [median(memory), Math.max(...memory)].map((value) => value.toFixed(0))
process.stdout.write(
  `${table([head, [String(armed), String(due), String(late.length), ...figures, ...megabytes, readyMs.toFixed(0)]])}\n(due at ${perSecond} a second)\n`,
)
process.exit(late.length === due ? 0 : 1)
