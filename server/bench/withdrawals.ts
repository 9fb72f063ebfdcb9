/**
 * A storm of withdrawals over HTTP: every customer has a waiting run with a queued message, a grant, and a rep. What counts is how long
 * the fence took from the request in the door's memory, and when the last local step was done.
 * `node server/tools/run-ts.mjs server/bench/withdrawals.ts [customers] [at once]`; one at once shows a withdrawal at rest.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { template } from '@sluice/flows/templates'
import { withdrawalSteps, withdrawals } from '@sluice/nodes/consent/server'
import { openReader } from '../src/hosts/sqlite/connection.ts'
import { sqliteRecordsReader } from '../src/hosts/sqlite/records/reader.ts'
import { campaign } from './campaign.flow.ts'
import { startSluice } from './process.ts'
import { quantile, table } from './statistics.ts'

const customers = Number(process.argv[2] ?? '10000')
const hands = Number(process.argv[3] ?? '64')
const bars = hands === 1 ? { fence: 'p99 50', local: 'p99 1000' } : { fence: 'p99 250', local: 'p99 2000' }
const token = 'bench-admin-token-0123456789-0123456789'
const port = 20_000 + Math.floor(Math.random() * 20_000)
const api = `http://127.0.0.1:${port}/api/v1`
const data = mkdtempSync(join(tmpdir(), 'sluice-bench-'))

async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await fetch(`${api}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Answer
}

async function inParallel(work: (customer: string, index: number) => Promise<void>): Promise<void> {
  let next = 0
  const hand = async () => {
    for (let index = next++; index < customers; index = next++) await work(`c-${index}`, index)
  }
  await Promise.all(Array.from({ length: hands }, hand))
}

async function prepare(customer: string, index: number): Promise<void> {
  const fields = { mobile: `138${String(index).padStart(8, '0')}`, budget: 300_000, model: 'Aurora L' }
  await ask('POST', '/customers', { id: customer, name: '李雷', owner: `r-${index % 20}`, language: 'zh-CN', fields })
  const decisions = ['quote_push', 'aftersales_care'].map((scene) => ({ purpose: 'recommendation', scene, value: 'yes' }))
  await ask('POST', '/consents/decisions', { customer, act: 'checkbox', language: 'zh-CN', decisions })
  const event = { specversion: '1.0', id: `planned-${customer}`, source: '/bench', type: 'campaign.planned', subject: customer }
  await ask('POST', '/events', { ...event, data: { sendAt: new Date(Date.now() + 86_400_000).toISOString() } })
}

async function allDone(): Promise<void> {
  const open = async () => {
    for (const state of ['fenced', 'propagating']) {
      const { items } = await ask<{ readonly items: readonly unknown[] }>('GET', `/withdrawals?state=${state}&limit=1`)
      if (items.length > 0) return true
    }
    return false
  }
  for (let tries = 0; tries < 1_200 && (await open()); tries += 1) await new Promise((wait) => setTimeout(wait, 100))
}

function row(name: string, bar: string, values: readonly number[]): readonly string[] {
  const sorted = [...values].sort((left, right) => left - right)
  const at = (share: number) => quantile(sorted, share).toFixed(0)
  return [name, at(0.5), at(0.95), at(0.99), at(1), bar]
}

const settings = { SLUICE_DATA: data, SLUICE_PORT: String(port), SLUICE_ADMIN_TOKEN: token, SLUICE_DEMO: '0', SLUICE_LOG: 'warn' }
const server = startSluice(settings)
await server.line(/http:\/\//)
for (const flow of [template('consent-withdrawn'), campaign]) {
  await ask('PUT', `/flows/${flow.key}`, flow)
  await ask('POST', `/flows/${flow.key}/publish`, {})
}
await inParallel(prepare)

const answers: number[] = []
const began = performance.now()
await inParallel(async (customer) => {
  const from = performance.now()
  await ask('POST', '/consents/withdraw', {
    customer,
    purposes: ['recommendation'],
    scenes: ['quote_push'],
    channel: 'preference_page',
    id: `w-${customer}`,
  })
  answers.push(performance.now() - from)
})
const seconds = (performance.now() - began) / 1_000
await allDone()
await server.stop()

const db = openReader(join(data, 'sluice.db'))
const records = sqliteRecordsReader(db)
const all = [...Array(Math.ceil(customers / 5_000)).keys()].flatMap((page) =>
  records.list(withdrawals, { orderBy: [['id', 'asc']], limit: 5_000, offset: page * 5_000 }),
)
const lastStep = (id: string) =>
  Math.max(...records.list(withdrawalSteps, { where: { withdrawal: id } }).map(({ doneAt }) => doneAt ?? Number.NaN))
const local = all.map(({ id, receivedAt }) => lastStep(id) - receivedAt)
process.stdout.write(
  `${table([
    [`${all.length} withdrawals, ${hands} at once`, 'p50 ms', 'p95', 'p99', 'worst', 'bar'],
    row(
      'fence, as recorded',
      bars.fence,
      all.map(({ fencedAt, receivedAt }) => fencedAt - receivedAt),
    ),
    row('answer at the client, after the commit', '', answers),
    row('all local steps and the receipt', bars.local, local),
  ])}\n`,
)
const late = all.filter(({ state }) => state !== 'completed').length
process.stdout.write(`${(customers / seconds).toFixed(0)} withdrawals/s; ${late} not completed in time\n`)
db.close()
rmSync(data, { recursive: true, force: true })
