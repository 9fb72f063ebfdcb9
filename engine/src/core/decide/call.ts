import type { CommandOf } from '../command.ts'
import { failStep } from './failure.ts'
import { type Progress, type Rejection, rejected } from './progress.ts'
import { release } from './release.ts'

/** The called run ended: its output goes on here, its failure is this step's failure. */
export function decideCallReturn(progress: Progress, command: CommandOf<'call.return'>): Rejection | null {
  const token = progress.run.tokens[command.token]
  if (token?.wait?.kind !== 'call' || token.wait.run !== command.run)
    return rejected('SLU_CALL_LATE', `token ${command.token} no longer waits for run ${command.run}`)
  if (command.status === 'succeeded') {
    release(progress, token, 'answered')
    progress.complete(token, 'out', command.output, { run: command.run })
    return null
  }
  const code = command.status === 'failed' ? 'SLU_CALL_FAILED' : 'SLU_CALL_CANCELLED'
  failStep(progress, token, { code, message: `the called run ${command.run} was not successful (${command.status})`, terminal: true })
  return null
}
