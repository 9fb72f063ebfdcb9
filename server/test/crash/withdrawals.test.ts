/** kill -9 of the real server while customers withdraw over HTTP: what was acknowledged is complete, correct and there once. */
import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { template } from '@sluice/flows/templates'
import { strategies } from '@sluice/nodes/ai/server'
import { consents, withdrawals } from '@sluice/nodes/consent/server'
import { customers, viewCustomer } from '@sluice/nodes/crm/server'
import { alerts } from '@sluice/nodes/notify'
import { expect, test } from 'vitest'
import { openReader } from '../../src/hosts/sqlite/connection.ts'
import { sqliteRecordsReader } from '../../src/hosts/sqlite/records/reader.ts'
import { temporaryFolder } from '../../src/hosts/sqlite/test-database.ts'
import { verifyDatabase } from '../../src/hosts/sqlite/verify/index.ts'

const cli = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'dist', 'cli.js')
const token = 'crash-test-admin-token-0123456789-abc'
const people = Array.from({ length: 120 }, (_, index) => `c-${index}`)
const kills = 6

interface Life {
  readonly process: ChildProcess
  readonly ended: Promise<unknown>
  ask(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>
}

async function freePort(): Promise<number> {
  return new Promise((settle) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => settle(port))
    })
  })
}

async function start(data: string): Promise<Life> {
  const port = await freePort()
  const environment = { SLUICE_DEMO: '0', SLUICE_ADMIN_TOKEN: token, SLUICE_DATA: data, SLUICE_PORT: String(port), SLUICE_LOG: 'error' }
  const child = spawn(process.execPath, [cli, 'start'], { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((settle) => child.once('exit', settle))
  await new Promise<void>((settle, reject) => {
    child.stdout?.on('data', (part: Buffer) => part.includes('ready') && settle())
    void ended.then((code) => reject(new Error(`the server ended by itself (${code})`)))
  })
  return {
    process: child,
    ended,
    async ask(method, path, body) {
      const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    },
  }
}

async function inParallel(list: readonly string[], hands: number, work: (item: string) => Promise<void>): Promise<void> {
  const left = [...list]
  const hand = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: hands }, hand))
}

async function prepare({ ask }: Life): Promise<void> {
  const flow = template('consent-withdrawn')
  expect((await ask('PUT', `/flows/${flow.key}`, flow)).status).toBe(201)
  expect((await ask('POST', `/flows/${flow.key}/publish`, {})).status).toBe(201)
  await inParallel(people, 16, async (customer) => {
    const fields = { mobile: `1380000${customer.slice(2).padStart(4, '0')}`, budget: 300_000, model: 'Aurora L' }
    await ask('POST', '/customers', { id: customer, name: '李雷', owner: 'r-1', language: 'zh-CN', fields })
    const decisions = ['quote_push', 'aftersales_care'].map((scene) => ({ purpose: 'recommendation', scene, value: 'yes' }))
    const granted = await ask('POST', '/consents/decisions', { customer, act: 'checkbox', language: 'zh-CN', decisions })
    expect(granted.status, JSON.stringify(granted.body)).toBe(201)
  })
}

/** What was told to the outside world: the only thing that counts after a kill. */
type Ledger = Map<string, string>

async function withdrawAll(life: Life, ledger: Ledger): Promise<void> {
  await inParallel(
    people.filter((customer) => !ledger.has(customer)),
    6,
    async (customer) => {
      const ask = { customer, purposes: ['recommendation'], scenes: ['quote_push'], channel: 'preference_page', id: `w-${customer}` }
      const answer = await life.ask('POST', '/consents/withdraw', ask).catch(() => null)
      if (answer === null) return
      expect(answer.status).toBe(202)
      ledger.set(customer, String(answer.body.withdrawal))
    },
  )
}

function recount(file: string, ledger: Ledger): void {
  const db = openReader(file)
  const records = sqliteRecordsReader(db)
  const all = records.list(withdrawals, { limit: 10_000 })
  expect(all).toHaveLength(people.length)
  for (const customer of people) {
    const [withdrawal, ...more] = all.filter((row) => row.customer === customer)
    expect(more).toEqual([])
    expect(withdrawal?.id, `the withdrawal of ${customer} is the one that was acknowledged`).toBe(ledger.get(customer))
    expect(withdrawal, customer).toMatchObject({ state: 'completed', receipt: expect.stringContaining('.'), epoch: expect.any(Number) })
    const states = records.list(consents, { where: { customer } }).map(({ scene, state }) => `${scene} ${state}`)
    expect(states.toSorted()).toEqual(['aftersales_care given', 'quote_push withdrawn'])
    expect(records.list(alerts, { where: { customer } }), `alerts about ${customer}`).toHaveLength(1)
    expect(records.list(strategies, { where: { customer } }), `strategies of ${customer}`).toMatchObject([{ state: 'live' }])
    const stored = records.find(customers, { id: customer })
    if (stored !== null) expect(viewCustomer(records, stored, { kind: 'full' }, new Map()).fields.budget).toEqual({ $masked: 'frozen' })
  }
  const runs = db.prepare("SELECT status, count(*) AS count FROM runs WHERE flow = 'consent-withdrawn' GROUP BY status").all()
  expect(runs).toEqual([{ status: 'succeeded', count: people.length }])
  expect(db.prepare("SELECT count(*) FROM audit_log WHERE kind = 'consent.withdrawn'").pluck().get()).toBe(people.length)
  db.close()
}

test('a server killed again and again while customers withdraw keeps every acknowledged withdrawal, whole and once', async () => {
  const { root } = temporaryFolder()
  const ledger: Ledger = new Map()
  let life = await start(root)
  await prepare(life)
  for (let round = 0; round < kills; round += 1) {
    const { process: child, ended } = life
    setTimeout(() => child.kill('SIGKILL'), 5 + Math.random() * 120)
    await Promise.all([withdrawAll(life, ledger), ended])
    life = await start(root)
  }
  await withdrawAll(life, ledger)
  expect(ledger.size).toBe(people.length)
  const open = async () => {
    const { items } = (await life.ask('GET', '/withdrawals?limit=500')).body as { readonly items: readonly { readonly state: string }[] }
    return items.filter(({ state }) => state !== 'completed').length
  }
  for (let tries = 0; tries < 300 && (await open()) > 0; tries += 1) await new Promise((wait) => setTimeout(wait, 50))
  life.process.kill('SIGTERM')
  await life.ended
  const file = join(root, 'sluice.db')
  recount(file, ledger)
  expect(verifyDatabase(file).bad).toBeNull()
  rmSync(root, { recursive: true, force: true })
}, 240_000)
