import type { CommandOf, NodeError } from '../command.ts'
import type { Token } from '../run.ts'
import { inUndoLine } from '../undo.ts'
import { textOf, worded } from '../words.ts'
import { endRun } from './end.ts'
import { failStep } from './failure.ts'
import { type Progress, type Rejection, rejected, wiresOf } from './progress.ts'
import { leadOut } from './region.ts'
import { release } from './release.ts'

/** The called run ended: its output goes on here, its failure is this step's failure. */
export function decideCallReturn(progress: Progress, command: CommandOf<'call.return'>): Rejection | null {
  const token = progress.run.tokens[command.token]
  if (token?.wait?.kind !== 'call' || token.wait.run !== command.run)
    return rejected('SLU_CALL_LATE', `token ${command.token} no longer waits for run ${command.run}`)
  if (command.status === 'succeeded') {
    release(progress, token, 'answered')
    progress.complete(token, 'out', command.output, { run: command.run }, { authors: command.authors })
    return null
  }
  if (command.withdrawn !== undefined) {
    endWithdrawn(progress, token, command.run, command.withdrawn.samePerson)
    return null
  }
  failStep(progress, token, failureOf(command), command.authors)
  return null
}

/** The caller fails as the called run did, so that its error line tells the same cases apart. */
function failureOf({ run, status, error, reason }: CommandOf<'call.return'>): NodeError {
  if (error !== undefined) return { code: error.code, message: error.message, terminal: true, run, ...textOf(error) }
  if (status === 'cancelled')
    return {
      ...worded(
        'SLU_CALL_CANCELLED',
        `the called run ${run} was cancelled${reason === undefined ? '' : `: ${reason}`}`,
        `被调用的运行 ${run} 已取消${reason === undefined ? '' : `：${reason}`}`,
      ),
      terminal: true,
      run,
    }
  return {
    ...worded('SLU_CALL_FAILED', `the called run ${run} could not be started`, `被调用的运行 ${run} 无法启动`),
    terminal: true,
    run,
  }
}

/** What a run is cancelled with when it lived from consent that was withdrawn. */
export const consentWithdrawn = 'consent_withdrawn'

/**
 * A lawful withdrawal is nobody's incident: the step fails with a code of its own by the error port or the boundary around it. Where
 * nothing is drawn for that, a run about the same person ends as the called one did; in a run about others only this line ends.
 */
function endWithdrawn(progress: Progress, token: Token, called: string, samePerson: boolean): void {
  const { at } = progress
  const { id, node, attempt } = token
  const said = worded(
    'SLU_CALL_WITHDRAWN',
    `the called run ${called} was ended because its customer withdrew consent`,
    `客户撤回授权，被调用的运行 ${called} 已随之结束`,
  )
  const { code, message } = said
  const error = { ...said, terminal: true }
  release(progress, token, 'cancelled')
  progress.emit({ kind: 'node.failed', version: 1, at, node, token: id, attempt, error })
  const drawn = wiresOf(progress.node(node), 'error').length > 0
  const undoes = inUndoLine(progress.run, token.scope)
  if (!drawn && !undoes && leadOut(progress, token, error)) return
  if (drawn || undoes || !samePerson) progress.complete(token, 'error', { code, message, node, attempt }, null)
  else endRun(progress, { kind: 'run.cancelled', reason: consentWithdrawn, by: null }, { compensate: true, by: id })
}
