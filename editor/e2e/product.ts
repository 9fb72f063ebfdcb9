import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serverLocale } from './words/language.ts'

export const cliFile = join(dirname(fileURLToPath(import.meta.url)), '../../server/dist/cli.js')
const readyMs = 100_000

/** Who may sign in to the demo, by the part of the address before the @. */
export interface Account {
  readonly email: string
  readonly password: string
}

export interface Product {
  readonly url: string
  account(name: string): Account
  /** Stops it and starts it again on the same data and port; `meanwhile` happens in between. */
  restart(meanwhile?: () => Promise<void>): Promise<void>
  /** Stops it as an operator would, and forgets its data. */
  stop(): Promise<void>
}

/** The real product on a free port and an empty data folder, with the demo workspace or with nothing; `LANG` decides the demo's language. */
export async function startProduct(locale: 'en_GB' | 'zh_CN' = serverLocale, hasDemo = true): Promise<Product> {
  const data = mkdtempSync(join(tmpdir(), 'sluice-e2e-'))
  const port = await freePort()
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SLUICE_')))
  const url = `http://127.0.0.1:${port}`
  const start = async (): Promise<ChildProcess> => {
    const server = spawn(process.execPath, [cliFile, 'start'], {
      env: {
        ...environment,
        LANG: `${locale}.UTF-8`,
        LC_ALL: `${locale}.UTF-8`,
        SLUICE_DATA: data,
        SLUICE_PORT: String(port),
        SLUICE_DEMO: hasDemo ? '1' : '0',
        SLUICE_LOG: 'error',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    server.stdout?.on('data', (chunk) => {
      said += String(chunk)
    })
    server.stderr?.on('data', (chunk) => {
      said += String(chunk)
    })
    await untilReady(url, server, () => said)
    return server
  }
  let server = await start()
  const end = async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    await ended
  }
  const accounts = () =>
    readFileSync(join(data, 'demo-sign-in.txt'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('\t'))
  return {
    url,
    account(name) {
      const [, email, password] = accounts().find(([, address]) => address?.startsWith(`${name}@`)) ?? []
      if (email === undefined || password === undefined) throw new Error(`The demo has no account ${name}`)
      return { email, password }
    },
    async restart(meanwhile = async () => {}) {
      await end()
      try {
        await meanwhile()
      } finally {
        server = await start()
      }
    },
    async stop() {
      await end()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

async function untilReady(url: string, server: ChildProcess, said: () => string): Promise<void> {
  const until = Date.now() + readyMs
  while (Date.now() < until) {
    if (server.exitCode !== null) break
    const answer = await fetch(`${url}/health/ready`).catch(() => null)
    if (answer?.ok === true) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  server.kill('SIGKILL')
  throw new Error(`The product did not start:\n${said()}`)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
