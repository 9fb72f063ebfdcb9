import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const cliFile = join(dirname(fileURLToPath(import.meta.url)), '../../server/dist/cli.js')
const readyMs = 100_000

export interface ServerStart {
  readonly data: string
  readonly port: number
  readonly locale: Locale
  readonly hasDemo: boolean
}

/** The language of the machine, which decides that of the demo. */
export type Locale = 'en_GB' | 'zh_CN'

/** Starts the product as an operator would, and waits until it is ready. */
export async function startServer({ data, port, locale, hasDemo }: ServerStart): Promise<ChildProcess> {
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SLUICE_')))
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
  await untilReady(`http://127.0.0.1:${port}`, server, () => said)
  return server
}

/** Stops it as an operator would. */
export async function endServer(server: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await ended
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

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
