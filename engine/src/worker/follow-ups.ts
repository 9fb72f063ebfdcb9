import type { Command } from '../core/command.ts'
import { engineLimits } from './limits.ts'
import { ask, type LiveRun, loadRun } from './live-run.ts'
import { describe, isFatal, isProblem } from './problem.ts'
import { rankOfRun, rankPart } from './rank.ts'
import { runCommand } from './run-command.ts'
import { runStep } from './steps.ts'
import type { FollowUp, Work } from './work.ts'

/** Timer that wakes a run whose stretch was cut because it had taken its turn. */
export const continuationTimer = '$continue'

/** Lets everything happen that follows from the request, until nothing is left to do in this transaction. */
export function drain(work: Work): void {
  const { followUps } = work
  for (let next = 0; next < followUps.length; next++) {
    const followUp = followUps[next]
    if (followUp !== undefined) takeOne(work, followUp)
    if (next >= 1_024) {
      followUps.splice(0, next + 1)
      next = -1
    }
  }
  followUps.length = 0
}

function takeOne(work: Work, followUp: FollowUp): void {
  work.depth = followUp.depth
  work.behind = followUp.kind === 'command' ? followUp.behind : 0
  if (followUp.kind === 'command') {
    tellPack(work, followUp.name, followUp.payload)
    return
  }
  const live = loadRun(work, followUp.run)
  if (live === null) return
  if (followUp.kind === 'ask') put(work, live, followUp.command)
  else if (work.steps < engineLimits.stretchStepsMax) runStep(work, live, followUp)
  else work.setTimer({ run: live.id, id: continuationTimer, dueAt: work.now, command: null, payload: null, ...rankPart(rankOfRun(live)) })
}

/** A command nobody waits for: refused, it came too late. Only a caller must hear that the run it waits for never started. */
function put(work: Work, live: LiveRun, command: Command): void {
  const decision = ask(work, live, command)
  if (decision.accepted || command.kind !== 'run.start' || command.parent === null) return
  const { parent, run, at } = command
  const back = { kind: 'call.return', at, token: parent.token, run, status: 'failed', output: null } as const
  work.follow({ kind: 'ask', depth: work.depth, run: parent.run, command: back })
}

/** A pack is told of something that has already been decided; its failure is recorded and changes nothing else. */
function tellPack(work: Work, name: string, payload: unknown): void {
  try {
    work.savepoint(() => runCommand(work, name, payload, { kind: 'system', id: 'engine' }))
  } catch (error) {
    if (isFatal(error)) throw error
    const code = isProblem(error) ? error.code : describe(error)
    work.store.audit.append({ at: work.now, actor: work.actor, kind: 'engine.hook-failed', refs: { command: name, code }, payload: null })
  }
}
