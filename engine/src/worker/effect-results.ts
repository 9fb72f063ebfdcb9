import { worded } from '../core/words.ts'
import type { NodeOutcome } from './context.ts'
import { askGates, closePermit } from './gates.ts'
import { engineLimits } from './limits.ts'
import { ask, type LiveRun, loadRun } from './live-run.ts'
import { answerPack, evaluateHandler, leaveAfterCommit, ringFor, takeBack, tellOwner } from './outbox.ts'
import type { OutboxRow } from './ports.ts'
import { isFatal, problem } from './problem.ts'
import { runCommand } from './run-command.ts'
import { runResolved, thrown, toCommand } from './steps.ts'
import type { Work } from './work.ts'

/** An outside act came back. A second answer, or one for an act that was withdrawn, is refused. */
export function takeResult(work: Work, id: string, outcome: NodeOutcome): unknown {
  const row = openRow(work, id)
  work.store.outbox.update(id, { state: 'done' })
  closePermit(work, row, 'done')
  work.countInFlight(-1)
  work.shared.inFlightRanks.delete(id)
  work.shared.counts.effectsDone++
  const { run, token, attempt } = row
  const live = run === null ? null : loadRun(work, run)
  const standing = token === null ? undefined : live?.state?.tokens[token]
  if (live === null || standing === undefined || standing.attempt !== attempt) {
    answerPack(work, row, outcome)
    if (run === null || token === null) return { accepted: true }
    return { accepted: false, code: 'SLU_TOKEN_UNKNOWN', reason: `token ${token} has moved on or was cancelled` }
  }
  if (row.handler === evaluateHandler && outcome.kind === 'output') {
    const node = live.prepared.node(standing.node)
    runResolved(work, live, standing, node, node.config.resolveWith(row.request, outcome.data))
    return { accepted: true }
  }
  const decision = ask(work, live, toCommand(work.now, standing, throughPack(work, live, row, valid(outcome))))
  return decision.accepted ? { accepted: true } : decision
}

/** The door did not act, because the fence moved or the permit had grown old: the act goes only if the gates still agree. */
export function recheck(work: Work, id: string): unknown {
  const found = work.store.outbox.find(id)
  // Withdrawn meanwhile, and the door tells that it never left: what counted as gone did not go.
  if (found?.state === 'cancelled') {
    closePermit(work, found, 'unsent')
    return { dispatched: false, code: 'SLU_EFFECT_LATE', reason: `effect ${id} was withdrawn` }
  }
  return askAgain(work, openRow(work, id), 'unsent')
}

/** Back in line, for a while: its permit is worth nothing any more, and the gates are asked anew when its time has come. */
export function putBack(work: Work, id: string, delayMs: number): unknown {
  const found = work.store.outbox.find(id)
  if (found?.state === 'cancelled') {
    closePermit(work, found, 'unsent')
    return { putBack: false }
  }
  const row = openRow(work, id)
  takeBack(work, id)
  work.countInFlight(-1)
  work.shared.inFlightRanks.delete(id)
  closePermit(work, row, 'unsent')
  const { min, max } = engineLimits.putBackMs
  const later: OutboxRow = { ...row, state: 'queued', notBefore: work.now + Math.min(Math.max(delayMs, min), max), begunAt: null }
  work.store.outbox.update(id, { state: 'queued', notBefore: later.notBefore })
  ringFor(work, later)
  return { putBack: true }
}

function askAgain(work: Work, row: OutboxRow, earlier: 'unsent' | 'unknown'): unknown {
  const { id } = row
  takeBack(work, id)
  work.countInFlight(-1)
  const { permit, refusal } = askGates(work, row, earlier)
  if (refusal === null) {
    leaveAfterCommit(work, row, permit)
    return { dispatched: true }
  }
  work.store.outbox.update(id, { state: 'cancelled' })
  tellOwner(work, row, refusal)
  return { dispatched: false, ...refusal }
}

function openRow(work: Work, id: string): OutboxRow {
  const row = work.store.outbox.find(id)
  if (row === null) throw problem('SLU_EFFECT_UNKNOWN', 404, `No effect ${id}`)
  if (row.state !== 'begun') throw problem('SLU_EFFECT_LATE', 409, `Effect ${id} is ${row.state}; its result no longer counts`)
  return row
}

type Given = Exclude<NodeOutcome, { kind: 'act' }>

/**
 * The pack that ordered an act for a step takes the answer first, in this same transaction: a last check, a row to store. What it
 * gives back is what the step hands on; nothing: the answer itself. An answer that could not be taken fails the step, so that
 * nothing gets past a check that broke.
 */
function throughPack(work: Work, live: LiveRun, row: OutboxRow, outcome: Given): Given {
  const { onResult, request } = row
  if (onResult === null) return outcome
  const outer = work.executing
  work.executing = live.id
  try {
    const taken = work.savepoint(() => runCommand(work, onResult, { request, outcome }, { kind: 'system', id: 'engine' }))
    return isOutcome(taken) ? taken : outcome
  } catch (error) {
    if (isFatal(error)) throw error
    const failed = { ...thrown(onResult, error), terminal: true }
    const refs = { command: onResult, run: live.id, code: failed.code }
    work.store.audit.append({ at: work.now, actor: work.actor, kind: 'engine.hook-failed', refs, payload: null })
    return { kind: 'failure', error: failed }
  } finally {
    work.executing = outer
  }
}

const outcomeKinds: ReadonlySet<unknown> = new Set<Given['kind']>(['output', 'failure', 'wait', 'stop', 'fail-run'])

function isOutcome(value: unknown): value is Given {
  return typeof value === 'object' && value !== null && 'kind' in value && outcomeKinds.has(value.kind)
}

const anotherAct = worded('SLU_OUTCOME_INVALID', 'an outside act answered with another act', '外部动作的结果不能再发起外部动作')

/** Only a step inside may order another act; a result may not. */
function valid(outcome: NodeOutcome): Given {
  if (outcome.kind !== 'act') return outcome
  return { kind: 'failure', error: { ...anotherAct, terminal: true } }
}

/** Acts that had begun before a crash. */
export function resume(work: Work, row: OutboxRow): void {
  const effect = work.shared.ports.nodes.get(row.handler)?.effect
  if (effect !== 'unsafe' || row.run === null || row.token === null) {
    askAgain(work, row, 'unknown')
    return
  }
  work.store.outbox.update(row.id, { state: 'done' })
  closePermit(work, row, 'unknown')
  work.countInFlight(-1)
  const said = worded(
    'SLU_EFFECT_UNCERTAIN',
    'the server stopped while this step acted; nobody knows whether it had an effect. Look, then retry or cancel',
    '该步骤执行外部动作时服务停止，无法确定是否已生效；请核对后再重试或取消',
  )
  const error = { ...said, terminal: true, person: true }
  const command = { kind: 'node.fail', at: work.now, token: row.token, attempt: row.attempt, error } as const
  work.follow({ kind: 'ask', depth: work.depth, run: row.run, command })
}
