/** Parts for tests of the host itself: the engine's own test nodes, and a step that counts inside the database. */
import { compilePlainly, flow, kindsOf, runtimesOf, type TestNode, testNodes } from '@sluice/engine/testing'
import { type CommandHandler, defineTable, engineTables, type Gate, type WriteContext } from '@sluice/engine/worker'
import type { EngineParts } from '../../src/packs/engine-parts.ts'

export interface CountRow {
  readonly key: string
  readonly value: number
}
export const counts = defineTable<CountRow>({
  name: 'test_counts',
  columns: { key: { type: 'text' }, value: { type: 'integer' } },
  primaryKey: ['key'],
})

export interface BlockedRow {
  readonly subject: string
}
const blocked = defineTable<BlockedRow>({ name: 'test_blocked', columns: { subject: { type: 'text' } }, primaryKey: ['subject'] })

/** Adds one: an effect that shows whether it happened twice. */
function count(context: WriteContext, key: string): void {
  const before = context.records.find(counts, { key })
  context.records.upsert(counts, { key, value: (before?.value ?? 0) + 1 })
}

const countStep: TestNode = {
  type: 'test.count',
  effect: 'internal',
  config: { type: 'object', additionalProperties: true },
  step(context) {
    count(context, `run:${context.run.id}`)
    count(context, 'all')
    return { kind: 'output', port: 'out', data: context.input }
  },
}

const nodes = [...testNodes, countStep]

const commands: { readonly [name: string]: CommandHandler } = {
  'test.block': (context, { subject }: { readonly subject: string }) => {
    context.raiseFence(subject)
    context.records.upsert(blocked, { subject })
    const { cancelled, begun } = context.cancelEffects({ subject, covers: () => true, reason: 'blocked' })
    return { cancelled, begun: begun.length }
  },
  'test.fill': (context, { bytes }: { readonly bytes: number }) => {
    context.records.upsert(counts, { key: `fill:${'x'.repeat(bytes)}${context.newId()}`, value: 0 })
  },
  'test.break': () => {
    throw Object.assign(new Error('disk I/O error'), { code: 'SLU_DATA_DAMAGED', status: 503, fatal: true })
  },
}

const gate: Gate = {
  name: 'blocked',
  check: ({ records }, { use }) =>
    use !== null && records.find(blocked, { subject: use.subject }) !== null
      ? { allowed: false, code: 'SLU_BLOCKED', reason: 'the subject is blocked', why: {} }
      : { allowed: true },
}

export function createEngineParts(): EngineParts {
  return {
    nodes: runtimesOf(nodes),
    commands: new Map(Object.entries(commands)),
    consumers: new Map(),
    gates: [gate],
    tables: [...engineTables, counts, blocked],
  }
}

const compile = (definition: ReturnType<ReturnType<typeof flow>['build']>) => compilePlainly(definition, kindsOf(nodes))

/** Event → four steps, one of them an effect inside the database. */
export const fourSteps = compile(
  flow('four-steps')
    .node('start', 'test.event', { type: 'lead' })
    .node('a', 'test.echo')
    .node('count', 'test.count')
    .node('b', 'test.echo')
    .node('c', 'test.echo')
    .wire('start', 'a')
    .wire('a', 'count')
    .wire('count', 'b')
    .wire('b', 'c')
    .build(),
)

/** Event → count → wait → count: lives across restarts. */
export const waits = compile(
  flow('waits')
    .node('start', 'test.event', { type: 'later' })
    .node('before', 'test.count')
    .node('wait', 'test.wait', { ms: 300 })
    .node('after', 'test.count')
    .wire('start', 'before')
    .wire('before', 'wait')
    .wire('wait', 'after')
    .build(),
)

/** Event → an act outside → count. */
export const acts = compile(
  flow('acts')
    .node('start', 'test.event', { type: 'act' })
    .node('act', 'test.act', { say: 'hello', purpose: 'recommendation', refusedPort: 'refused' })
    .node('after', 'test.count')
    .wire('start', 'act')
    .wire('act', 'after')
    .build(),
)

/** Event → a person. */
export const asks = compile(
  flow('asks').node('start', 'test.event', { type: 'ask' }).node('task', 'test.task').wire('start', 'task').build(),
)
