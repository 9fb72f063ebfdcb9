/** Starts parts of a benchmark as processes of their own, so that none of them shares a thread with another. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
/** The same from source and from a bundle under `.cache`. */
const root = here.endsWith('bench') ? join(here, '..', '..') : join(here, '..')
const runner = join(root, 'server', 'tools', 'run-ts.mjs')

/** What still runs when a measurement fails must not outlive it: a child that holds our output would keep whoever waits for it waiting. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

/** How long a process may take until it says what is waited for. */
const lineMsMax = 120_000

export interface Started {
  readonly child: ChildProcess
  /** First line on standard output that matches. */
  line(pattern: RegExp): Promise<string>
  stop(): Promise<void>
}

export function startFile(file: string, args: readonly string[] = []): Started {
  return started(spawn(process.execPath, [runner, join(root, 'server', 'bench', file), ...args], { stdio: ['ignore', 'pipe', 'inherit'] }))
}

export function startSluice(environment: Readonly<Record<string, string>>): Started {
  const cli = join(root, 'server', 'dist', 'cli.js')
  if (!existsSync(cli)) throw new Error('the server is not built: run "node server/tools/build.mjs" first')
  return started(spawn(process.execPath, [cli, 'start'], { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] }))
}

function started(child: ChildProcess): Started {
  running.add(child)
  child.once('exit', () => running.delete(child))
  let text = ''
  const heard = new Set<() => void>()
  child.stdout?.on('data', (part: Buffer) => {
    text += part.toString()
    for (const one of heard) one()
  })
  const gone = new Promise<void>((settle) => child.once('exit', () => settle()))
  return {
    child,
    line(pattern) {
      return new Promise((settle, reject) => {
        const late = setTimeout(() => reject(new Error(`the process did not say ${pattern} within ${lineMsMax / 1_000} s`)), lineMsMax)
        const look = () => {
          const found = text
            .split('\n')
            .slice(0, -1)
            .find((line) => pattern.test(line))
          if (found === undefined) return
          heard.delete(look)
          clearTimeout(late)
          settle(found)
        }
        heard.add(look)
        child.once('exit', (code) => {
          clearTimeout(late)
          reject(new Error(`the process ended (${code}) before it said ${pattern}`))
        })
        look()
      })
    },
    async stop() {
      child.kill('SIGTERM')
      await gone
    },
  }
}
