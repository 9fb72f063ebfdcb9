/** The product in a process of its own, over a data folder that may be stopped, filled and started again. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Started, startSluice } from './process.ts'

export const token = 'bench-admin-token-0123456789-0123456789'

export interface Product {
  readonly server: Started
  readonly url: string
  /** From the start of the process to its first answered event. */
  readonly readyMs: number
  readonly listeningMs: number
  /** Epoch milliseconds. */
  readonly listeningAt: number
  ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer>
  /** Sends an event and gives the run it started. */
  send(type: string, subject: string): Promise<string>
  publish(flow: { readonly key: string }): Promise<void>
  /** One figure of `/metrics`. */
  metric(name: string): Promise<number>
}

export function dataFolder(): { readonly data: string; remove(): void } {
  const data = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
  return { data, remove: () => rmSync(data, { recursive: true, force: true }) }
}

let events = 0

export async function startProduct(data: string): Promise<Product> {
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const url = `http://127.0.0.1:${port}`
  const authorization = `Bearer ${token}`

  async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = { authorization, 'content-type': 'application/json' }
    const answer = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Answer
  }

  async function send(type: string, subject: string): Promise<string> {
    events += 1
    const event = { specversion: '1.0', id: `bench-${process.pid}-${events}`, source: '/bench', type, subject, data: { amount: 5 } }
    const { runs } = await ask<{ readonly runs: readonly { readonly run: string }[] }>('POST', '/events', event)
    return runs[0]?.run ?? ''
  }

  const began = performance.now()
  const settings = { SLUICE_DATA: data, SLUICE_PORT: String(port), SLUICE_ADMIN_TOKEN: token, SLUICE_DEMO: '0', SLUICE_LOG: 'warn' }
  const server = startSluice(settings)
  await server.line(/http:\/\//)
  const listening = { listeningMs: performance.now() - began, listeningAt: Date.now() }
  await send('com.example.first', 'first')
  return {
    server,
    url,
    ...listening,
    readyMs: performance.now() - began,
    ask,
    send,
    async publish(flow) {
      await ask('PUT', `/flows/${flow.key}`, flow)
      await ask('POST', `/flows/${flow.key}/publish`, {})
    },
    async metric(name) {
      const answer = await fetch(`${url}/metrics`, { headers: { authorization } })
      return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(await answer.text())?.[1] ?? Number.NaN)
    },
  }
}
