import type { JsonObject } from '@sluice/flows'
import type { Command, NodeError } from '../core/command.ts'
import type { CompiledFlow } from '../core/compiled.ts'
import type { EpochMs } from '../core/ids.ts'
import type { RunState, Token } from '../core/run.ts'
import { textOf, type Worded, worded } from '../core/words.ts'
import type { Scope } from '../expression/index.ts'
import type { NodeOutcome, PureContext } from './context.ts'
import { itemView } from './item-view.ts'
import { ask, type LiveRun } from './live-run.ts'
import { orderAct, orderEvaluation } from './outbox.ts'
import { isHeld } from './pause.ts'
import type { ArrivedEvent, NodeRuntime } from './ports.ts'
import type { ResolvedConfig } from './prepared-config.ts'
import type { PreparedNode } from './prepared-flow.ts'
import { describe, isFatal, isProblem } from './problem.ts'
import { earlierEvent } from './signals.ts'
import { linkCall } from './start.ts'
import type { FollowUp, Work } from './work.ts'
import { stepContext } from './write-context.ts'

type NodeFollowUp = Extract<FollowUp, { kind: 'node' }>

/** Runs one step, unless its token was withdrawn since it was ordered. */
export function runStep(work: Work, live: LiveRun, { token: id, attempt }: NodeFollowUp): void {
  const token = live.state?.tokens[id]
  if (token === undefined || token.state !== 'ready' || token.attempt !== attempt) return
  if (isHeld(work, live)) return
  work.steps++
  work.shared.counts.steps++
  const kept = live.state?.kept?.[token.node]
  if (kept !== undefined) {
    // Taken up again without acting: what the step gave in the first run is handed on.
    const why = { kept: true, run: live.state?.forkedFrom?.run ?? '' }
    ask(work, live, { kind: 'node.complete', at: work.now, token: id, attempt, port: kept.port, data: kept.data, why })
    return
  }
  const node = live.prepared.node(token.node)
  runResolved(work, live, token, node, node.config.resolve(scopeOf(live.prepared.flow, live.state, token, work.now)))
}

/** Goes on when the config is worked out, or as far as it is. */
export function runResolved(work: Work, live: LiveRun, token: Token, node: PreparedNode, resolved: ResolvedConfig): void {
  const { runtime, compiled } = node
  if (runtime === undefined) {
    fail(work, live, token, { ...unknownType(compiled.type), terminal: true })
  } else if (resolved.kind === 'failed') fail(work, live, token, resolved.error)
  else if (resolved.kind === 'later') orderEvaluation(work, live, token, resolved.request)
  else settleStep(work, live, token, attemptStep(work, live, token, runtime, resolved.config))
}

/** What a step's expressions see. */
export function scopeOf({ key: flow, version }: CompiledFlow, run: RunState | null, token: Token, now: EpochMs): Scope {
  return {
    event: run?.event ?? null,
    input: token.input,
    ...itemView(run, token),
    run: { id: run?.id ?? '', flow, version, startedAt: run?.startedAt ?? now },
    now,
  }
}

function attemptStep(work: Work, live: LiveRun, token: Token, runtime: NodeRuntime, config: JsonObject): NodeOutcome {
  const event = live.state?.event ?? null
  const outer = work.executing
  try {
    if (runtime.pure !== undefined && !(runtime.step !== undefined && runtime.needsStore?.(config) === true)) {
      const context: PureContext = { config, input: token.input, event, now: work.now }
      return runtime.pure(context)
    }
    const { step } = runtime
    if (step === undefined)
      return failure(
        'SLU_NODE_UNKNOWN',
        `node type ${runtime.type} has no step here; is its pack's server side loaded?`,
        `节点类型 ${runtime.type} 在此无法执行；请检查其组件包的服务端是否已加载`,
      )
    work.executing = live.id
    return work.savepoint(() => step(stepContext(work, live, token, config)))
  } catch (error) {
    if (isFatal(error)) throw error
    return { kind: 'failure', error: thrown(runtime.type, error) }
  } finally {
    work.executing = outer
  }
}

/** Refusals of the client's kind (4xx) cannot be mended by another try; anything else may pass. */
export function thrown(type: string, error: unknown): NodeError {
  if (isProblem(error)) return { code: error.code, message: error.message, terminal: error.status < 500, ...textOf(error) }
  const what = describe(error)
  return { ...worded('SLU_NODE_THREW', `${type} stopped unexpectedly: ${what}`, `${type} 意外中断：${what}`), terminal: false }
}

/** A step of a type that no loaded pack brings. */
export function unknownType(type: string): Worded {
  return worded('SLU_NODE_UNKNOWN', `no node type ${type}; is its pack loaded?`, `没有节点类型 ${type}；请检查其组件包是否已加载`)
}

function failure(code: string, en: string, zh: string): NodeOutcome {
  return { kind: 'failure', error: { ...worded(code, en, zh), terminal: true } }
}

/** Turns what a step gave into the next command of its run. */
function settleStep(work: Work, live: LiveRun, token: Token, outcome: NodeOutcome): void {
  if (outcome.kind === 'act') orderAct(work, live, token, outcome)
  else if (outcome.kind === 'wait' && outcome.wait.kind === 'call' && !linkCall(work, outcome.wait.run, live.id, token.id))
    fail(work, live, token, {
      ...worded('SLU_CALL_UNKNOWN', 'a step may only wait for a run it started itself', '步骤只能等待由它自己启动的运行'),
      terminal: true,
    })
  else if (outcome.kind === 'wait' && outcome.wait.kind === 'event' && outcome.wait.buffered === true)
    waitBuffered(work, live, token, outcome)
  else if (outcome.kind === 'each') {
    const asks = outcome.plan.reviewed || live.prepared.node(token.node).compiled.config.stopWhen !== undefined
    ask(work, live, toCommand(work.now, token, { ...outcome, plan: { ...outcome.plan, reviewed: asks } }))
  } else ask(work, live, toCommand(work.now, token, outcome))
}

/** A step that also takes an event that came before it: waits, and is woken at once when there was one. */
function waitBuffered(work: Work, live: LiveRun, token: Token, outcome: Extract<NodeOutcome, { kind: 'wait' }>): void {
  if (outcome.wait.kind !== 'event') return
  let earlier: ArrivedEvent | null
  try {
    earlier = earlierEvent(work, live, token.id, outcome.wait)
  } catch (error) {
    if (isFatal(error)) throw error
    fail(work, live, token, thrown(live.prepared.node(token.node).compiled.type, error))
    return
  }
  const { accepted } = ask(work, live, toCommand(work.now, token, outcome))
  if (accepted && earlier !== null) ask(work, live, { kind: 'signal.deliver', at: work.now, token: token.id, ...earlier })
}

export function toCommand(at: number, { id: token, attempt }: Token, outcome: Exclude<NodeOutcome, { kind: 'act' }>): Command {
  switch (outcome.kind) {
    case 'output':
      return { kind: 'node.complete', at, token, attempt, port: outcome.port, data: outcome.data ?? null, why: outcome.why ?? null }
    case 'failure':
      return { kind: 'node.fail', at, token, attempt, error: outcome.error }
    case 'wait':
      return { kind: 'node.wait', at, token, attempt, wait: outcome.wait, why: outcome.why ?? null }
    case 'each':
      return { kind: 'each.plan', at, token, attempt, plan: outcome.plan }
    case 'stop':
      return { kind: 'run.stop', at, token, attempt, output: outcome.output ?? null }
    case 'fail-run':
      return { kind: 'run.fail', at, token, attempt, error: outcome.error }
    default: {
      const { kind } = outcome as { kind?: unknown }
      const said = worded(
        'SLU_OUTCOME_INVALID',
        `a step gave an outcome of kind ${String(kind)}`,
        `步骤返回了未知类型的结果 ${String(kind)}`,
      )
      const error = { ...said, terminal: true }
      return { kind: 'node.fail', at, token, attempt, error }
    }
  }
}

function fail(work: Work, live: LiveRun, { id: token, attempt }: Token, error: NodeError): void {
  ask(work, live, { kind: 'node.fail', at: work.now, token, attempt, error })
}
