import type { Command } from './command.ts'
import type { CompiledFlow } from './compiled.ts'
import { decideCallReturn } from './decide/call.ts'
import { decideEachPlan } from './decide/each.ts'
import { decideRunFork } from './decide/fork.ts'
import { decideLockGrant, decideLockRefuse } from './decide/lock.ts'
import { decideRunMove } from './decide/move.ts'
import { decideNodeComplete, decideNodeFail, decideNodeWait } from './decide/node.ts'
import { Progress, type Rejection, rejected } from './decide/progress.ts'
import { decideStartPutOff } from './decide/queue.ts'
import { decideRunCancel, decideRunFail, decideRunRetry, decideRunStart, decideRunStop } from './decide/run.ts'
import { settle } from './decide/settle.ts'
import { decideSignal } from './decide/signal.ts'
import { decideNodeSkip } from './decide/skip.ts'
import { decideTaskAnswer, decideTaskNote } from './decide/task.ts'
import { decideTimerFire } from './decide/timer.ts'
import { RunDraft } from './draft.ts'
import type { Decision } from './effect.ts'
import type { RunState } from './run.ts'

/** A decision and the run after it; when rejected, the run as it was. */
export interface Advanced {
  readonly decision: Decision
  readonly run: RunState | null
}

export interface AdvancedDraft extends Advanced {
  /** To be given back with the next command. */
  readonly draft: RunDraft | null
}

/**
 * What a command makes of a run. Null stands for a run that has not started.
 * The same flow, run and command always give the same decision: time comes in with the command, ids from the run's counters.
 */
export function decide(flow: CompiledFlow, run: RunState | null, command: Command): Decision {
  return advance(flow, run, command).decision
}

/** `decide` and the state its entries lead to; saves hosts from folding what was just decided. */
export function advance(flow: CompiledFlow, run: RunState | null, command: Command): Advanced {
  return advanceDraft(flow, run, null, command)
}

/**
 * `advance` for an owner that gives the draft of its last call back: what that call gave changes in place, so a run with a hundred lines
 * is not copied at each of their steps. Nobody else may hold that state.
 */
export function advanceDraft(flow: CompiledFlow, run: RunState | null, last: RunDraft | null, command: Command): AdvancedDraft {
  const refusal = unfit(flow, run, command)
  if (refusal !== null) return { decision: refusal, run, draft: last }
  const goesOn = last !== null && last.flow === flow && last.run === run
  const draft = goesOn ? last : new RunDraft(flow, run)
  if (goesOn) draft.reopen()
  const progress = new Progress(draft, command.at)
  const rejection = decideLeaf(progress, command)
  if (rejection !== null) {
    if (goesOn && progress.entries.length > 0) throw new Error(`${command.kind} changed the run and was rejected`)
    return { decision: rejection, run, draft: last }
  }
  settle(progress)
  return { decision: { accepted: true, entries: progress.entries, effects: progress.effects }, run: progress.seal(), draft }
}

function decideLeaf(progress: Progress, command: Command): Rejection | null {
  switch (command.kind) {
    case 'run.start':
      return decideRunStart(progress, command)
    case 'start.put-off':
      return decideStartPutOff(progress, command)
    case 'node.complete':
      return decideNodeComplete(progress, command)
    case 'node.fail':
      return decideNodeFail(progress, command)
    case 'node.wait':
      return decideNodeWait(progress, command)
    case 'each.plan':
      return decideEachPlan(progress, command)
    case 'run.stop':
      return decideRunStop(progress, command)
    case 'run.fail':
      return decideRunFail(progress, command)
    case 'timer.fire':
      return decideTimerFire(progress, command)
    case 'signal.deliver':
      return decideSignal(progress, command)
    case 'task.answer':
      return decideTaskAnswer(progress, command)
    case 'task.note':
      return decideTaskNote(progress, command)
    case 'call.return':
      return decideCallReturn(progress, command)
    case 'lock.grant':
      return decideLockGrant(progress, command)
    case 'lock.refuse':
      return decideLockRefuse(progress, command)
    case 'run.cancel':
      return decideRunCancel(progress, command)
    case 'run.retry':
      return decideRunRetry(progress, command)
    case 'node.skip':
      return decideNodeSkip(progress, command)
    case 'run.fork':
      return decideRunFork(progress, command)
    case 'run.move':
      return decideRunMove(progress, command)
    default:
      return unreachable(command)
  }
}

/** What holds for every command, whatever it asks. */
function unfit(flow: CompiledFlow, run: RunState | null, command: Command): Rejection | null {
  if (run === null) return begins(command) ? null : rejected('SLU_RUN_UNKNOWN', `${command.kind} was sent to a run that never started`)
  if (begins(command)) return rejected('SLU_RUN_STARTED', `run ${run.id} has already started`)
  if (run.endedAt !== null) return rejected('SLU_RUN_ENDED', `run ${run.id} ended (${run.status}) before ${command.kind} arrived`)
  if (run.digest !== flow.digest && command.kind !== 'run.move')
    return rejected(
      'SLU_FLOW_DRIFT',
      `run ${run.id} began on ${run.digest}, but version ${run.version} of ${run.flow} is now ${flow.digest}`,
    )
  return null
}

function begins({ kind }: Command): boolean {
  return kind === 'run.start' || kind === 'run.fork'
}

function unreachable(command: never): never {
  throw new Error(`SLU_COMMAND_UNKNOWN: ${(command as Command).kind}`)
}
