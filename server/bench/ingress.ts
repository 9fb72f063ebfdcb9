/**
 * Durable ingress over HTTP: event → four steps → answer, against a bare Fastify handler with one group-committed insert, turn by turn
 * on the same machine. What counts is the ratio; absolute figures depend on the machine and on what else runs there.
 * `node server/tools/run-ts.mjs server/bench/ingress.ts [seconds] [rounds] [part of the name of a load]`
 */
import { fourSteps } from './four-steps.flow.ts'
import { startFile } from './process.ts'
import { dataFolder, startProduct, token } from './product.ts'
import { median, table } from './statistics.ts'

interface Measured {
  readonly rate: number
  readonly p50: number
  readonly p99: number
  readonly max: number
  readonly failed: number
  readonly answered: number
}

const seconds = process.argv[2] ?? '5'
const rounds = Number(process.argv[3] ?? '3')
const only = process.argv[4] ?? ''
/** Requests a second, 0 is as many as the connections can; and how many events are in each. */
const loads = [
  { name: 'saturation', connections: '64', rate: '0', events: '1' },
  { name: 'batches of 100 events', connections: '8', rate: '0', events: '100' },
  { name: '1,000 requests/s', connections: '64', rate: '1000', events: '1' },
  { name: '200 requests/s', connections: '16', rate: '200', events: '1' },
  { name: '20 requests/s', connections: '4', rate: '20', events: '1' },
] as const

async function load(url: string, { connections, rate, events }: (typeof loads)[number]): Promise<Measured> {
  const started = startFile('load.ts', [url, seconds, connections, rate, token, events])
  return JSON.parse(await started.line(/^\{/)) as Measured
}

function middle(measures: readonly Measured[], field: keyof Measured): number {
  return median(measures.map((measure) => measure[field]))
}

const { data, remove } = dataFolder()
const reference = startFile('reference.ts')
const referenceUrl = (await reference.line(/^http/)).trim()
const product = await startProduct(data)
await product.publish(fourSteps)
const rows = [
  ['load', 'reference events/s', 'p50 ms', 'p99 ms', 'Sluice runs/s', 'p50 ms', 'p99 ms', 'max ms', 'failed', 'rate ratio', 'p50 ratio'],
]
for (const one of loads.filter(({ name }) => name.includes(only))) {
  const bare: Measured[] = []
  const full: Measured[] = []
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await load(referenceUrl, one))
    full.push(await load(product.url, one))
  }
  const failed = full.reduce((sum, measure) => sum + measure.failed, 0)
  rows.push([
    one.name,
    middle(bare, 'rate').toFixed(0),
    middle(bare, 'p50').toFixed(1),
    middle(bare, 'p99').toFixed(1),
    middle(full, 'rate').toFixed(0),
    middle(full, 'p50').toFixed(1),
    middle(full, 'p99').toFixed(1),
    Math.max(...full.map((measure) => measure.max)).toFixed(0),
    String(failed),
    (middle(bare, 'rate') / middle(full, 'rate')).toFixed(2),
    (middle(full, 'p50') / Math.max(middle(bare, 'p50'), 1)).toFixed(2),
  ])
}
await Promise.all([reference.stop(), product.server.stop()])
remove()
process.stdout.write(`${table(rows)}\n`)
