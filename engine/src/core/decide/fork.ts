import type { CommandOf } from '../command.ts'
import { rootScope } from '../draft.ts'
import type { NewToken } from '../entry.ts'
import type { ScopeId } from '../ids.ts'
import { payloadRefusal } from '../payload.ts'
import { canBegin } from '../rerun-plan.ts'
import type { Deadline } from '../run.ts'
import { type Progress, type Rejection, rejected } from './progress.ts'

/** A run that begins in the middle: at a node, with what had come to it in another run. */
export function decideRunFork(progress: Progress, command: CommandOf<'run.fork'>): Rejection | null {
  const { flow, at } = progress
  const { begin, run, of, kept } = command
  const node = Object.hasOwn(flow.nodes, begin.node) ? flow.nodes[begin.node] : undefined
  if (node === undefined || !canBegin(node) || (node.behaviour === 'trigger') !== (begin.from === null))
    return rejected('SLU_RERUN_NODE', `run ${of} cannot be taken up again at ${begin.node}`)
  const tooBig = payloadRefusal(begin.input) ?? payloadRefusal(outcomesOf(kept))
  if (tooBig !== null) return rejected('SLU_PAYLOAD_LIMIT', tooBig.message)
  const limit = flow.timeoutMs === null ? null : progress.timer(at + flow.timeoutMs)
  const { next, scope } = begin.from === null ? spawned(progress, begin, limit) : standing(progress, begin, limit)
  progress.emit({
    kind: 'run.forked',
    version: 1,
    at,
    run,
    flow: flow.key,
    flowVersion: flow.version,
    digest: flow.digest,
    of,
    begin,
    kept,
    next,
    scope,
    limit,
    ...(command.by === undefined ? {} : { by: command.by }),
    ...(command.authors === undefined ? {} : { authors: command.authors }),
  })
  if (limit !== null) progress.setTimer(limit, null)
  progress.launch(next)
  return null
}

type Begin = CommandOf<'run.fork'>['begin']
type First = { readonly next: readonly NewToken[]; readonly scope: ScopeId | null }

function spawned(progress: Progress, { node, input }: Begin, limit: Deadline | null): First {
  return progress.spawn(progress.node(node), 'out', input, rootScope, 0, limit === null ? 0 : 1)
}

function standing(progress: Progress, { node, port, from }: Begin, limit: Deadline | null): First {
  const wires = Object.values(progress.flow.nodes[from ?? '']?.out ?? {}).flat()
  const edge = wires.find((wire) => wire.node === node && wire.port === port)?.edge ?? -1
  const token = { id: `t${progress.run.next.token}`, node, port, edge }
  const attempt = progress.attemptLimit(progress.node(node), limit === null ? 0 : 1)
  return { next: [attempt === null ? token : { ...token, limit: attempt }], scope: null }
}

function outcomesOf(kept: CommandOf<'run.fork'>['kept']) {
  return Object.fromEntries(Object.entries(kept).map(([node, { port, data }]) => [node, { port, data }]))
}
