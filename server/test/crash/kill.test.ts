/** kill -9 at fifty random moments under load, then a recount: nothing acknowledged is lost, nothing inside happened twice. */
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openReader } from '../../src/hosts/sqlite/connection.ts'
import { sqliteRecordsReader } from '../../src/hosts/sqlite/records/reader.ts'
import { temporaryFolder } from '../../src/hosts/sqlite/test-database.ts'
import { verifyDatabase } from '../../src/hosts/sqlite/verify/index.ts'
import { type Bundle, bundle } from './bundle.ts'
import { counts } from './test-parts.ts'

const killsPerFolder = 25
let parts: Bundle
let host: Bundle
beforeAll(async () => {
  parts = await bundle('test-parts')
  host = await bundle('host-process')
})
afterAll(() => {
  parts.remove()
  host.remove()
})

/** What the outside world knows: the only thing that counts after a crash. */
interface Ledger {
  readonly sent: Set<string>
  /** Event id → type and runs it was answered with. */
  readonly acknowledged: Map<string, string>
  /** Run → keys its act was done with. */
  readonly acted: Map<string, Set<string>>
}

/** One life of the host: ends by kill, or by itself when `killAfter` is null. `from` says when the clock starts. */
function live(root: string, round: string, ledger: Ledger, kill: { readonly from: 'spawn' | 'ready'; readonly afterMs: number } | null) {
  const open = [...ledger.sent].filter((id) => !ledger.acknowledged.has(id))
  return new Promise<void>((settle, reject) => {
    const child = spawn(process.execPath, [host.file, root, parts.url, round, open.join(',')], { stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    let errors = ''
    const killSoon = () => setTimeout(() => child.kill('SIGKILL'), kill?.afterMs ?? 0)
    if (kill?.from === 'spawn') killSoon()
    child.stderr.on('data', (part: Buffer) => {
      errors += part.toString()
    })
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString()
      const lines = text.split('\n')
      text = lines.pop() ?? ''
      for (const line of lines) {
        if (line === 'ready' && kill?.from === 'ready') killSoon()
        note(ledger, line)
      }
    })
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL' || (kill === null && code === 0)) settle()
      else reject(new Error(`the host ended by itself (${code}): ${errors}`))
    })
  })
}

function note(ledger: Ledger, line: string): void {
  const [word, first = '', ...rest] = line.split(' ')
  if (word === 'sent') ledger.sent.add(first)
  if (word === 'acknowledged') {
    const answer = rest.join(' ')
    const before = ledger.acknowledged.get(first)
    expect(before === undefined || before === answer, `${first} was answered differently the second time`).toBe(true)
    ledger.acknowledged.set(first, answer)
  }
  if (word === 'acted') ledger.acted.set(first, (ledger.acted.get(first) ?? new Set()).add(rest.join(' ')))
}

const stepsThatCount: { readonly [type: string]: number } = { lead: 1, later: 2, act: 1, ask: 0 }

function recount(file: string, ledger: Ledger): void {
  const db = openReader(file)
  const records = sqliteRecordsReader(db)
  let total = 0
  const events = db.prepare('SELECT id, type, runs FROM inbox').all() as { id: string; type: string; runs: string }[]
  const stored = new Map(events.map((event) => [event.id, event]))
  for (const id of ledger.acknowledged.keys()) expect(stored.has(id), `acknowledged event ${id} is lost`).toBe(true)
  const statusOf = db.prepare<[string], string>('SELECT status FROM runs WHERE id = ?').pluck()
  for (const { id, type, runs } of events) {
    const started = (JSON.parse(runs) as { run: string }[]).map(({ run }) => run)
    expect(started, `event ${id} started one run`).toHaveLength(1)
    const [run = ''] = started
    const answer = ledger.acknowledged.get(id)
    if (answer !== undefined) expect(answer).toBe(`${type} ${run}`)
    expect(statusOf.get(run), `run ${run} of ${type}`).toBe(type === 'ask' ? 'waiting' : 'succeeded')
    const expected = stepsThatCount[type] ?? 0
    expect(records.find(counts, { key: `run:${run}` })?.value ?? 0, `effects of run ${run} of ${type}`).toBe(expected)
    total += expected
    if (type === 'act') expect([...(ledger.acted.get(run) ?? [])], 'an act keeps its key over every restart').toEqual([`${run}:t1:act`])
  }
  expect(records.find(counts, { key: 'all' })?.value).toBe(total)
  expect(db.prepare('SELECT count(*) FROM runs').pluck().get()).toBe(events.length)
  db.close()
}

test.each(['first', 'second'])('the %s host, killed twenty-five times, loses and doubles nothing', { timeout: 180_000 }, async () => {
  const { root } = temporaryFolder()
  const ledger: Ledger = { sent: new Set(), acknowledged: new Map(), acted: new Map() }
  for (let round = 0; round < killsPerFolder; round += 1) {
    // A third of the kills strikes while it starts: in migration, recovery, the first commits.
    const from = round % 3 === 2 ? 'spawn' : 'ready'
    await live(root, String(round), ledger, { from, afterMs: Math.random() * (from === 'spawn' ? 600 : 250) })
  }
  await live(root, 'end', ledger, null)
  expect(ledger.acknowledged.size).toBeGreaterThan(killsPerFolder * 4)
  const file = join(root, 'sluice.db')
  recount(file, ledger)
  expect(verifyDatabase(file).bad).toBeNull()
  rmSync(root, { recursive: true, force: true })
})
