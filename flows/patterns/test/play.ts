import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileFlow } from '@sluice/engine/compile'
import { testWorld, type World } from '@sluice/sdk/testing'
import { corePack } from '../../../nodes/core/index.ts'
import { coreServer } from '../../../nodes/core/server/index.ts'
import { type FlowDefinition, type Json, readFlow } from '../../src/index.ts'

export const folder = fileURLToPath(new URL('..', import.meta.url))

/** Names of all pattern files, without `.flow.json`: `01-sequence`. */
export const patternFiles: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.flow.json'))
  .map((name) => name.replace('.flow.json', ''))
  .sort()

export function patternText(name: string): string {
  return readFileSync(join(folder, `${name}.flow.json`), 'utf8')
}

export function pattern(name: string): FlowDefinition {
  const read = readFlow(patternText(name))
  if (!read.ok) throw new Error(`${name}: ${JSON.stringify(read.problems)}`)
  return read.flow
}

/** One run of a pattern. Its steps `core.wait-event` stand for work: `done('a')` says that the work at step `a` is done. */
export interface Case {
  readonly run: string
  readonly subject: string
  /** Sends `<step>.done` about this run's order; gives nothing when no step waited for it. */
  done(step: string, data?: Json): void
  /** Any other event about this run's order. */
  send(type: string, data?: Json): void
  /** Steps at which work waits to be done, sorted; a step with two lines is there twice. */
  readonly open: readonly string[]
  /** How often the step went on. */
  times(step: string): number
  readonly status: string
  readonly output: Json
  /** Code of the run's error, or of its first incident. */
  readonly error: string | null
}

export interface Pattern {
  readonly world: World
  /** A new order: starts a run about a subject of its own, unless told which. */
  order(data?: Json, subject?: string): Case
  /** Starts the flow by hand. */
  start(input?: Json): Case
}

/** The flow as it is shipped: compiled by the real compiler, on the real loop with the real steps. */
export function play(name: string): Pattern {
  const world = testWorld({ packs: [corePack], servers: [coreServer] })
  const { compiled, problems } = compileFlow(pattern(name), { nodeTypes: new Map(corePack.nodes.map((it) => [it.type, it])), version: 1 })
  if (compiled === null) throw new Error(`${name}: ${JSON.stringify(problems)}`)
  world.command('engine.flow.put', { flow: compiled, activate: true })
  let orders = 0
  return {
    world,
    order(data = {}, subject = `order-${++orders}`) {
      const [run] = world.send('order.placed', data, subject)
      if (run === undefined) throw new Error(`${name} did not start`)
      return caseOf(world, run, subject)
    },
    start: (input = null) => caseOf(world, world.command<{ run: string }>('engine.run.start', { flow: compiled.key, input }).run, ''),
  }
}

function caseOf(world: World, run: string, subject: string): Case {
  const tokens = () => Object.values(world.run(run).tokens)
  const entries = () => world.store.journal.read(run).flatMap((row) => row.entries)
  return {
    run,
    subject,
    done: (step, data = {}) => void world.send(`${step}.done`, data, subject),
    send: (type, data = {}) => void world.send(type, data, subject),
    get open() {
      return tokens()
        .flatMap(({ node, wait }) => (wait?.kind === 'event' && wait.type === `${node}.done` ? [node] : []))
        .sort()
    },
    times: (step) =>
      entries().filter((entry) => (entry.kind === 'node.completed' || entry.kind === 'join.passed') && entry.node === step).length,
    get status() {
      return world.run(run).status
    },
    get output() {
      return world.run(run).output
    },
    get error() {
      return (world.run(run).error ?? tokens().find(({ state }) => state === 'incident')?.error)?.code ?? null
    },
  }
}
