/**
 * Does a step cost the same in a full file? The same load and the same answers over an empty file and over one with a million ended and
 * a hundred thousand waiting runs, turn by turn, and how long each takes from the start of the process to its first answered event. The
 * first load meets a server that was just started: its code is not compiled, and the runs of a large file are being counted.
 * `node server/tools/run-ts.mjs server/bench/scale.ts [ended] [waiting] [seconds of a load] [rounds after the first]`
 */
import { cpSync } from 'node:fs'
import { type Filled, fill, waitingFlow } from './fill.ts'
import { fourSteps } from './four-steps.flow.ts'
import { startFile } from './process.ts'
import { dataFolder, type Product, startProduct, token } from './product.ts'
import { median, quantile, table } from './statistics.ts'

const ended = Number(process.argv[2] ?? '1000000')
const waiting = Number(process.argv[3] ?? '100000')
const seconds = process.argv[4] ?? '5'
const rounds = Number(process.argv[5] ?? '4')
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

interface Measured {
  readonly rate: number
  readonly p99: number
  readonly cpuUs: number
}

async function underLoad(product: Product): Promise<Measured> {
  const cpuSeconds = () => product.metric('sluice_process_cpu_seconds_total')
  const cpu = await cpuSeconds()
  const load = startFile('load.ts', [product.url, seconds, '64', '0', token])
  const { rate, p99, answered } = JSON.parse(await load.line(/^\{/)) as Record<'rate' | 'p99' | 'answered', number>
  return { rate, p99, cpuUs: (((await cpuSeconds()) - cpu) / answered) * 1e6 }
}

const empty = dataFolder()
const first = await startProduct(empty.data)
for (const flow of [fourSteps, waitingFlow]) await first.publish(flow)
// What is measured is the step, not what takes old runs away: that has a benchmark of its own.
await first.ask('PUT', '/settings/retention', { runDays: 180, runsMax: 10 * (ended + waiting) + 1_000 })
const samples: Filled = { ended: await first.send('com.example.bench', 'c-1'), waiting: await first.send('com.example.question', 'sample') }
const few = Array.from({ length: answers }, (_, index) => `few-${index}`)
for (const subject of few) await first.send('com.example.question', subject)
await first.server.stop()

const full = dataFolder()
cpSync(empty.data, full.data, { recursive: true })
const began = performance.now()
fill(full.data, samples, { ended, waiting })
const filled = ((performance.now() - began) / 1_000).toFixed(0)
const some = Array.from({ length: answers }, (_, index) => `w-${Math.floor((index * waiting) / answers)}`)

const files = [
  {
    name: 'nearly empty',
    product: await startProduct(empty.data),
    subjects: few,
    loads: [] as Measured[],
    waking: [] as readonly number[],
  },
  {
    name: `${ended} ended, ${waiting} waiting`,
    product: await startProduct(full.data),
    subjects: some,
    loads: [] as Measured[],
    waking: [] as readonly number[],
  },
]
for (const file of files) file.waking = await answerTimes(file.product, file.subjects)
for (let round = 0; round <= rounds; round += 1) {
  // Neither is always the second.
  for (const { product, loads } of round % 2 === 0 ? files : [...files].reverse()) loads.push(await underLoad(product))
}
const rows = [['file', 'ready ms', 'waking a run, p50 ms', 'p99 ms', 'CPU µs a run: first load', 'then', 'runs/s', 'p99 ms']]
for (const { name, product, waking, loads } of files) {
  const [cold, ...warm] = loads
  const of = (field: keyof Measured) => median(warm.map((one) => one[field])).toFixed(0)
  const [p50 = '', late = ''] = [0.5, 0.99].map((share) => quantile(waking, share).toFixed(1))
  rows.push([name, product.readyMs.toFixed(0), p50, late, cold?.cpuUs.toFixed(0) ?? '', of('cpuUs'), of('rate'), of('p99')])
  await product.server.stop()
}
for (const { remove } of [empty, full]) remove()
process.stdout.write(`${table(rows)}\n(filled in ${filled} s)\n`)
