import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packs } from '@sluice/nodes'
import { packServers } from '@sluice/nodes/server'
import type { PackDefinition } from '@sluice/sdk'
import type { PackServer } from '@sluice/sdk/server'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll } from 'vitest'
import { type App, buildApp } from '../../src/app.ts'
import { openKeyring } from '../../src/auth/keyring.ts'
import { readConfig } from '../../src/config/config.ts'
import { openEngine } from '../../src/hosts/sqlite/index.ts'
import { openLog } from '../../src/log.ts'

export const adminToken = 'test-admin-token-0123456789-abcdefgh'

export interface TestServer extends App {
  readonly data: string
  /** Everything that was logged, one JSON line each. */
  readonly logged: string[]
  /** Asks as the admin token unless the headers say otherwise. */
  ask(method: InjectOptions['method'], url: string, body?: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  stop(): Promise<void>
}

export interface TestServerOptions {
  readonly data?: string
  readonly environment?: { readonly [name: string]: string }
  readonly packs?: readonly PackDefinition[]
  readonly packServers?: readonly PackServer[]
  readonly editor?: string | null
  readonly now?: () => number
}

/** The whole server over a real SQLite file, without a port. Stops by itself after the test file. */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'sluice-server-'))
  const config = readConfig({ SLUICE_DATA: data, SLUICE_ADMIN_TOKEN: adminToken, SLUICE_LOG: 'debug', ...options.environment })
  const { model, allowHosts } = config
  const engine = await openEngine({ dataFolder: data, model, allowHosts, secret: (name) => config.secrets.get(name) ?? null })
  const logged: string[] = []
  const log = openLog(config.log, { write: (line) => logged.push(line) })
  const app = await buildApp({
    engine,
    config,
    log,
    packs: options.packs ?? packs,
    packServers: options.packServers ?? packServers,
    keyring: openKeyring(data),
    editor: options.editor ?? null,
    ...(options.now === undefined ? {} : { now: options.now }),
  })
  let stopped = false
  const server: TestServer = {
    ...app,
    data,
    logged,
    ask(method, url, body, headers = {}) {
      const authorization = `Bearer ${adminToken}`
      const content = body === undefined ? {} : { 'content-type': 'application/json' }
      const payload = body === undefined ? {} : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }
      const all = withoutEmpty({ authorization, ...content, ...headers })
      return app.fastify.inject({ ...(method === undefined ? {} : { method }), url, headers: all, ...payload })
    },
    async stop() {
      if (stopped) return
      stopped = true
      app.fastify.server.closeAllConnections()
      await app.fastify.close()
      await engine.close()
      if (options.data === undefined) rmSync(data, { recursive: true, force: true })
    },
  }
  afterAll(() => server.stop())
  return server
}

/** An empty value takes a default header away. */
function withoutEmpty(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''))
}

let count = 0

/** A flow of one step that listens to `type`. */
export function listeningFlow(key: string, type = 'com.example.lead'): Record<string, unknown> {
  return {
    format: 'sluice/flow@1',
    key,
    name: { en: 'Lead', 'zh-CN': '线索' },
    nodes: [
      { id: 'start', type: 'core.event', config: { type } },
      { id: 'shape', type: 'core.transform', config: { value: '{% event.data.amount * 2 %}' } },
      { id: 'end', type: 'core.stop', config: { output: '{% nodes.shape %}' } },
    ],
    edges: [
      { from: 'start.out', to: 'shape.in' },
      { from: 'shape.out', to: 'end.in' },
    ],
  }
}

export async function publish(server: TestServer, flow: Record<string, unknown>): Promise<void> {
  const saved = await server.ask('PUT', `/api/v1/flows/${String(flow.key)}`, flow)
  if (saved.statusCode >= 300) throw new Error(saved.body)
  const published = await server.ask('POST', `/api/v1/flows/${String(flow.key)}/publish`)
  if (published.statusCode !== 201) throw new Error(published.body)
}

export function cloudEvent(changes: Record<string, unknown> = {}): Record<string, unknown> {
  count += 1
  return { specversion: '1.0', id: `e-${count}`, source: '/test', type: 'com.example.lead', data: { amount: 21 }, ...changes }
}
