import type { JsonObject } from '@sluice/flows'
import { limitMs } from '../compile/duration.ts'
import type { CompiledNode } from '../core/index.ts'
import type { Mock, SimulationInput } from '../simulate.ts'
import type { NodeOutcome, NodeRuntime, StepContext } from '../worker/index.ts'
import { mockedOutcome } from './mocked-outcome.ts'

/** Node types for a simulation: what is pure runs as it is, a mock replaces any step, and a missing server half is stood in for. */
export function rehearsedNodes(input: SimulationInput, nextMock: (node: string) => Mock | undefined): ReadonlyMap<string, NodeRuntime> {
  const rehearsed = new Map<string, NodeRuntime>()
  for (const [type, runtime] of input.nodes) rehearsed.set(type, rehearsedNode(input, runtime, nextMock))
  return rehearsed
}

function rehearsedNode(input: SimulationInput, runtime: NodeRuntime, nextMock: (node: string) => Mock | undefined): NodeRuntime {
  const { pure, step, ...rest } = runtime
  const isOutside = rest.effect === 'idempotent' || rest.effect === 'unsafe'
  return {
    ...rest,
    step: (context) => {
      // The mock of an outside act answers the act, once the gates let it pass.
      const mock = isOutside ? undefined : nextMock(context.node)
      if (mock !== undefined) return mockedOutcome(mock, context.input)
      if (pure !== undefined && !(step !== undefined && rest.needsStore?.(context.config as JsonObject) === true)) return pure(context)
      if (step !== undefined) return step(context)
      return isOutside ? { kind: 'act', request: context.config as never, use: null } : standIn(input, context)
    },
  }
}

/** A step of the server that is not here: one that somebody will answer is a task, any other hands its input on. */
function standIn({ flow, answers = [] }: SimulationInput, { node, config, input, now, newId }: StepContext): NodeOutcome {
  const compiled = flow.nodes[node]
  const awaited = answers.filter((answer) => answer.node === node)
  if (awaited.length === 0 && !Array.isArray(config.actions)) return mockedOutcome({}, input)
  const due = typeof config.due === 'string' ? limitMs(config.due) : null
  const actions = [...new Set([...actionsOf(config.actions), ...wiredActions(compiled), ...awaited.map(({ action }) => action)])]
  return { kind: 'wait', wait: { kind: 'task', taskId: newId(), actions, dueAt: due === null ? null : now + due } }
}

function actionsOf(configured: unknown): readonly string[] {
  return Array.isArray(configured) ? configured.filter((action): action is string => typeof action === 'string') : []
}

function wiredActions(node: CompiledNode | undefined): readonly string[] {
  return Object.keys(node?.out ?? {}).filter((port) => port !== 'error' && port !== 'expired')
}
