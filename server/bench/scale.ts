/**
 * Does a step cost the same in a full file? The same load and the same answers over an empty file and over one with a million ended and
 * a hundred thousand waiting runs, and how long the full one takes from the start of the process to its first answered event.
 * `node server/tools/run-ts.mjs server/bench/scale.ts [ended] [waiting] [seconds]`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Filled, fill, waitingFlow } from './fill.ts'
import { fourSteps } from './four-steps.flow.ts'
import { type Started, startFile, startSluice } from './process.ts'
import { quantile, table } from './statistics.ts'

const ended = Number(process.argv[2] ?? '1000000')
const waiting = Number(process.argv[3] ?? '100000')
const seconds = process.argv[4] ?? '5'
const answers = 300
const token = 'bench-admin-token-0123456789-0123456789'
const data = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
const port = 20_000 + Math.floor(Math.random() * 20_000)
const url = `http://127.0.0.1:${port}`
const settings = { SLUICE_DATA: data, SLUICE_PORT: String(port), SLUICE_ADMIN_TOKEN: token, SLUICE_DEMO: '0', SLUICE_LOG: 'warn' }
let count = 0

async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Answer
}

async function send(type: string, subject: string): Promise<string> {
  count += 1
  const event = { specversion: '1.0', id: `scale-${process.pid}-${count}`, source: '/bench', type, subject, data: { amount: 5 } }
  const { runs } = await ask<{ readonly runs: readonly { readonly run: string }[] }>('POST', '/events', event)
  return runs[0]?.run ?? ''
}

async function start(): Promise<{ readonly server: Started; readonly readyMs: number }> {
  const began = performance.now()
  const server = startSluice(settings)
  await server.line(/http:\/\//)
  await send('com.example.first', 'first')
  return { server, readyMs: performance.now() - began }
}

/** Answers one at a time, so that what is measured is the step and not the queue. */
async function answerTimes(subjects: readonly string[]): Promise<readonly number[]> {
  const times: number[] = []
  for (const subject of subjects) {
    const from = performance.now()
    await send('com.example.answer', subject)
    times.push(performance.now() - from)
  }
  return times.sort((left, right) => left - right)
}

/** Of the whole server since its start. */
async function cpuSeconds(): Promise<number> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  return Number(/^sluice_process_cpu_seconds_total (\S+)/m.exec(await answer.text())?.[1] ?? Number.NaN)
}

async function measure(name: string, readyMs: number, subjects: readonly string[]): Promise<readonly string[]> {
  const times = await answerTimes(subjects)
  const cpu = await cpuSeconds()
  const load = startFile('load.ts', [url, seconds, '64', '0', token])
  const { rate, p99, answered } = JSON.parse(await load.line(/^\{/)) as Record<'rate' | 'p99' | 'answered', number>
  const perRun = ((await cpuSeconds()) - cpu) / answered
  const [p50, late] = [0.5, 0.99].map((share) => quantile(times, share).toFixed(1))
  return [name, readyMs.toFixed(0), rate.toFixed(0), p99.toFixed(0), (perRun * 1e6).toFixed(0), p50 ?? '', late ?? '']
}

const rows: (readonly string[])[] = [['file', 'ready ms', 'runs/s', 'p99 ms', 'CPU µs a run', 'waking a run, p50 ms', 'p99 ms']]
const first = await start()
for (const flow of [fourSteps, waitingFlow]) {
  await ask('PUT', `/flows/${flow.key}`, flow)
  await ask('POST', `/flows/${flow.key}/publish`, {})
}
const samples: Filled = { ended: await send('com.example.bench', 'c-1'), waiting: await send('com.example.question', 'sample') }
const few = Array.from({ length: answers }, (_, index) => `few-${index}`)
for (const subject of few) await send('com.example.question', subject)
rows.push(await measure('nearly empty', first.readyMs, few))
await first.server.stop()

const began = performance.now()
fill(data, samples, { ended, waiting })
const filled = ((performance.now() - began) / 1_000).toFixed(0)
const full = await start()
const some = Array.from({ length: answers }, (_, index) => `w-${Math.floor((index * waiting) / answers)}`)
rows.push(await measure(`${ended} ended, ${waiting} waiting`, full.readyMs, some))
await full.server.stop()
rmSync(data, { recursive: true, force: true })
process.stdout.write(`${table(rows)}\n(filled in ${filled} s)\n`)
