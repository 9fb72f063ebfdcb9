import type { Command } from '../core/command.ts'
import { continuationTimer } from './follow-ups.ts'
import { engineLimits } from './limits.ts'
import { ask, type LiveRun, loadRun } from './live-run.ts'
import { stepEffectId } from './outbox.ts'
import type { TimerRow } from './ports.ts'
import { runCommand } from './run-command.ts'
import type { Work } from './work.ts'

/** One timer whose time has come. It is gone from the store with whatever it causes. */
export function ring(work: Work, timer: TimerRow): void {
  work.store.timers.clear(timer.run, timer.id)
  if (timer.run === '') {
    if (timer.command !== null) runCommand(work, timer.command, timer.payload, { kind: 'system', id: 'timer' })
    return
  }
  const live = loadRun(work, timer.run)
  if (live === null) return
  if (timer.id === continuationTimer) continueRun(work, live)
  else ask(work, live, { kind: 'timer.fire', at: work.now, timerId: timer.id } satisfies Command)
}

/** Orders every step again whose turn was cut; one that is at work outside has its row in the outbox. */
function continueRun(work: Work, live: LiveRun): void {
  for (const token of Object.values(live.state?.tokens ?? {})) {
    if (token.state !== 'ready') continue
    const id = stepEffectId(live.id, token.id, token.attempt)
    if (work.store.outbox.find(id) !== null || work.store.outbox.find(`${id}:config`)?.state === 'begun') continue
    work.follow({ kind: 'node', depth: live.depth, run: live.id, token: token.id, node: token.node, attempt: token.attempt })
  }
}

/** When a timer whose work threw rings again: later each time, and at last never. */
export function nextTry(now: number, tries: number): number | null {
  if (tries > engineLimits.timerTriesMax) return null
  return now + Math.min(engineLimits.timerRetryMsMin * 2 ** (tries - 1), engineLimits.timerRetryMsMax)
}
