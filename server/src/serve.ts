import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { templates } from '@sluice/flows/templates'
import { packs } from '@sluice/nodes'
import { packServers } from '@sluice/nodes/server'
import type { Logger } from 'pino'
import { type App, buildApp } from './app.ts'
import { openKeyring } from './auth/keyring.ts'
import { users } from './commands/tables.ts'
import { hasAdmin } from './commands/users.ts'
import type { Config } from './config/config.ts'
import { assertSafeBind, isLoopback } from './config/public-bind.ts'
import { loadDemo, wantsDemo } from './demo/load-demo.ts'
import type { DemoSignIn } from './demo/sign-in-file.ts'
import { checkFlow } from './flows/check-flow.ts'
import { warmChecks } from './flows/warm-checks.ts'
import { type EngineClient, openEngine } from './hosts/sqlite/index.ts'
import { refuse } from './http/errors/refusal.ts'
import { httpLimits } from './http/limits.ts'

export interface Running {
  readonly url: string
  readonly app: App
  readonly engine: EngineClient
  /** People of the demo that was loaded just now. */
  readonly demo: readonly DemoSignIn[] | null
  readonly needsSetup: boolean
  /** Takes no more work, finishes what it has, closes the files. */
  stop(): Promise<void>
}

/** Opens the data, builds the app and listens. What can refuse the start does so before the port is open. */
export async function serve(
  config: Config,
  log: Logger,
  options: { readonly editor: string | null; readonly language: 'en' | 'zh-CN' },
): Promise<Running> {
  const engine = await openEngine({
    dataFolder: config.data,
    allowHosts: config.allowHosts,
    model: config.model,
    secret: (name) => config.secrets.get(name) ?? null,
  })
  try {
    const { records } = engine.reader
    const keyring = openKeyring(config.data)
    const parts = { engine, config, log, packs, packServers, keyring, editor: options.editor }
    const demo = wantsDemo(config, records) ? await loadDemo(parts, options.language) : null
    const adminExists = hasAdmin(records.list(users))
    assertSafeBind(config, adminExists)
    const app = await buildApp(parts)
    await listen(app, config)
    const { nodeTypes } = app.door
    const warm = warmChecks(templates, (flow) => checkFlow(flow, { nodeTypes, secrets: null }))
    return {
      url: urlOf(config, app),
      app,
      engine,
      demo,
      needsSetup: !adminExists,
      stop() {
        warm.stop()
        return stop(app, engine, log)
      },
    }
  } catch (error) {
    await engine.close()
    throw error
  }
}

async function listen({ fastify }: App, { port, host }: Config): Promise<void> {
  try {
    await fastify.listen({ port, host })
  } catch (error) {
    await fastify.close()
    const { code } = error as { code?: unknown }
    if (code === 'EADDRINUSE') throw refuse('SLU_PORT_TAKEN', { values: { port } })
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL') throw refuse('SLU_PORT_REFUSED', { values: { host, port } })
    throw error
  }
}

/** The built editor beside the bundle (dist) or the sources; null when it was not built. */
export function editorFolder(root: string): string | null {
  const folder = join(root, 'editor', 'dist')
  return existsSync(join(folder, 'index.html')) ? folder : null
}

function urlOf({ publicUrl, tls, host }: Config, { fastify }: App): string {
  if (publicUrl !== null) return publicUrl
  const address = fastify.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const name = isLoopback(host) ? (host.includes(':') ? `[${host}]` : host) : 'localhost'
  return `${tls === null ? 'http' : 'https'}://${name}:${port}`
}

async function stop({ fastify, door }: App, engine: EngineClient, log: Logger): Promise<void> {
  door.stopping = true
  log.info('stopping: no new work is taken')
  // Streams close in Fastify's preClose hook; answers under way get a moment, then their connections are cut.
  const patience = setTimeout(() => fastify.server.closeAllConnections(), httpLimits.stopMsMax)
  try {
    await fastify.close()
  } finally {
    clearTimeout(patience)
    await engine.close()
    log.info('stopped')
  }
}
