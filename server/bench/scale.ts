/**
 * Does a step cost the same in a full file? The same load and the same answers over an empty file and over one with a million ended and
 * a hundred thousand waiting runs, and how long the full one takes from the start of the process to its first answered event.
 * `node server/tools/run-ts.mjs server/bench/scale.ts [ended] [waiting] [seconds]`
 */
import { type Filled, fill, waitingFlow } from './fill.ts'
import { fourSteps } from './four-steps.flow.ts'
import { startFile } from './process.ts'
import { dataFolder, type Product, startProduct, token } from './product.ts'
import { quantile, table } from './statistics.ts'

const ended = Number(process.argv[2] ?? '1000000')
const waiting = Number(process.argv[3] ?? '100000')
const seconds = process.argv[4] ?? '5'
const answers = 300

/** Answers one at a time, so that what is measured is the step and not the queue. */
async function answerTimes({ send }: Product, subjects: readonly string[]): Promise<readonly number[]> {
  const times: number[] = []
  for (const subject of subjects) {
    const from = performance.now()
    await send('com.example.answer', subject)
    times.push(performance.now() - from)
  }
  return times.sort((left, right) => left - right)
}

async function measure(name: string, product: Product, subjects: readonly string[]): Promise<readonly string[]> {
  const cpuSeconds = () => product.metric('sluice_process_cpu_seconds_total')
  const times = await answerTimes(product, subjects)
  const cpu = await cpuSeconds()
  const load = startFile('load.ts', [product.url, seconds, '64', '0', token])
  const { rate, p99, answered } = JSON.parse(await load.line(/^\{/)) as Record<'rate' | 'p99' | 'answered', number>
  const perRun = ((await cpuSeconds()) - cpu) / answered
  const [p50, late] = [0.5, 0.99].map((share) => quantile(times, share).toFixed(1))
  return [name, product.readyMs.toFixed(0), rate.toFixed(0), p99.toFixed(0), (perRun * 1e6).toFixed(0), p50 ?? '', late ?? '']
}

const rows: (readonly string[])[] = [['file', 'ready ms', 'runs/s', 'p99 ms', 'CPU µs a run', 'waking a run, p50 ms', 'p99 ms']]
const { data, remove } = dataFolder()
const first = await startProduct(data)
for (const flow of [fourSteps, waitingFlow]) await first.publish(flow)
// What is measured is the step, not what takes old runs away: that has a benchmark of its own.
await first.ask('PUT', '/settings/retention', { runDays: 180, runsMax: 10 * (ended + waiting) + 1_000 })
const samples: Filled = { ended: await first.send('com.example.bench', 'c-1'), waiting: await first.send('com.example.question', 'sample') }
const few = Array.from({ length: answers }, (_, index) => `few-${index}`)
for (const subject of few) await first.send('com.example.question', subject)
rows.push(await measure('nearly empty', first, few))
await first.server.stop()

const began = performance.now()
fill(data, samples, { ended, waiting })
const filled = ((performance.now() - began) / 1_000).toFixed(0)
const full = await startProduct(data)
const some = Array.from({ length: answers }, (_, index) => `w-${Math.floor((index * waiting) / answers)}`)
rows.push(await measure(`${ended} ended, ${waiting} waiting`, full, some))
await full.server.stop()
remove()
process.stdout.write(`${table(rows)}\n(filled in ${filled} s)\n`)
