import type { FlowDefinition } from '@sluice/flows'
import { compileFlow, type NodeTypeFacts, type PortFacts } from '../../compile/index.ts'
import type { CompiledFlow } from '../../core/index.ts'
import type { StepContext } from '../../worker/index.ts'
import { defineTable } from '../../worker/index.ts'
import { type TestNode, testNodes } from '../builders/nodes.ts'
import { neverTopic } from '../simulation/faults.ts'
import { answeringNodes, folded } from './answers.ts'

/** What the inside step writes; a second time would clash. */
export const writtenTable = defineTable<{ readonly run: string; readonly token: string }>({
  name: 'reference_writes',
  columns: { run: { type: 'text' }, token: { type: 'text' } },
  primaryKey: ['run', 'token'],
})

const anyConfig = { type: 'object', additionalProperties: true } as const

export const playedNodes: readonly TestNode[] = [
  ...testNodes,
  ...answeringNodes,
  {
    type: 'ref.write',
    effect: 'internal',
    config: anyConfig,
    step: ({ records, run, token, input, emit, notify, random }: StepContext) => {
      records.insert(writtenTable, { run: run.id, token })
      // Now and then it fails after all it did; nothing of it may stay.
      if (random() < 0.1) {
        emit({ source: 'never', type: 'never', data: null })
        notify(neverTopic, {})
        throw new Error('after it wrote')
      }
      return { kind: 'output', port: 'out', data: input }
    },
  },
  {
    type: 'ref.wait-event',
    effect: 'none',
    config: anyConfig,
    pure: ({ config, now }) => ({
      kind: 'wait',
      wait: {
        kind: 'event',
        type: String(config.type),
        key: String(config.key),
        timeoutAt: config.timeoutMs === undefined ? null : now + Number(config.timeoutMs),
        ...(config.buffered === true ? { buffered: true } : {}),
      },
    }),
  },
  {
    type: 'ref.send',
    effect: 'internal',
    config: anyConfig,
    step: ({ config, input, runs }: StepContext) => {
      let salt = 30
      try {
        runs.start(String(config.flow), null, folded(input, Number(config.salt)), null)
      } catch (error) {
        if (!(error instanceof Error) || !('code' in error) || error.code !== 'SLU_FLOW_FULL') throw error
        salt = 31
      }
      return { kind: 'output', port: 'out', data: folded(input, salt) }
    },
  },
  {
    type: 'ref.task',
    effect: 'internal',
    config: anyConfig,
    step: ({ config, now, newId }: StepContext) => ({
      kind: 'wait',
      wait: {
        kind: 'task',
        taskId: newId(),
        actions: ['approve', 'reject'],
        dueAt: config.dueMs === undefined ? null : now + Number(config.dueMs),
      },
    }),
  },
]

const portsOf: Readonly<Record<string, readonly string[]>> = {
  'ref.choose': ['a', 'b', 'none'],
  'ref.wait-event': ['out', 'timeout'],
  'ref.task': ['approve', 'reject', 'expired'],
  'test.join': ['out', 'timeout'],
  'ref.each': ['out', 'stopped', 'error'],
  'test.lock': ['out', 'timeout'],
  'test.milestone': ['out', 'missed'],
}

function facts({ type, effect, behaviour, config }: TestNode): NodeTypeFacts {
  const ports: readonly PortFacts[] = (portsOf[type] ?? ['out']).map((name) => ({ name, label: name }))
  const trigger = behaviour === 'trigger' ? { input: false as const, trigger: { eventTypes: () => ['go'] } } : {}
  return { type, label: type, effect, config, ports, ...(behaviour === undefined ? {} : { behaviour }), ...trigger }
}

const nodeTypes = new Map(playedNodes.map((node) => [node.type, facts(node)]))

/** The real compiler's opinion: null when it refuses the drawing. */
export function compileDrawn(definition: FlowDefinition, version = 1): CompiledFlow | null {
  return compileFlow(definition, { nodeTypes, version }).compiled
}
