import { consentWithdrawn } from '../core/decide/call.ts'
import type { CoreEffect } from '../core/effect.ts'
import type { RunId } from '../core/ids.ts'
import { type LiveRun, loadRun } from './live-run.ts'
import { freeLock, requestLock } from './locks.ts'
import { withdrawStep } from './outbox.ts'
import { rankOfRun, rankPart } from './rank.ts'
import { waitKey } from './signals.ts'
import type { Work } from './work.ts'

/** Does what the core asked for, inside the transaction that holds the entries. */
export function carryOut(work: Work, live: LiveRun, effects: readonly CoreEffect[]): void {
  for (const effect of effects) carryOutOne(work, live, effect)
}

function carryOutOne(work: Work, live: LiveRun, effect: CoreEffect): void {
  const { id: run, depth } = live
  switch (effect.kind) {
    case 'node.run':
      work.follow({ kind: 'node', depth, run, token: effect.token, node: effect.node, attempt: effect.attempt })
      break
    case 'timer.set':
      work.setTimer({ run, id: effect.timerId, dueAt: effect.dueAt, command: null, payload: null, ...rankPart(rankOfRun(live)) })
      break
    case 'timer.clear':
      work.clearTimer(run, effect.timerId)
      break
    case 'event.await':
      work.store.waits.open(run, effect.token, effect.type, waitKey(live, effect.token, effect.key))
      break
    case 'event.ignore':
      work.store.waits.close(run, effect.token)
      break
    case 'task.close':
      if (work.shared.ports.commands.has('tasks.closed'))
        work.follow({
          kind: 'command',
          depth,
          name: 'tasks.closed',
          payload: { taskId: effect.taskId, reason: effect.reason },
          behind: (live.state?.depth ?? 0) + 1,
        })
      break
    case 'node.abandon':
      withdrawStep(work, run, effect.token, effect.attempt)
      break
    case 'lock.request':
      requestLock(work, live, effect)
      break
    case 'lock.free':
      freeLock(work, run, effect.token)
      break
    case 'call.cancel':
      work.follow({
        kind: 'ask',
        depth,
        run: effect.run,
        command: { kind: 'run.cancel', at: work.now, reason: effect.reason, by: null, compensate: effect.compensate === true },
      })
      break
    case 'run.ended':
      work.shared.counts.runsEnded++
      if (effect.parent !== null) {
        const { status, output, parent, error, reason, authors } = effect
        const why = {
          ...(error === undefined ? {} : { error }),
          ...(reason === undefined ? {} : { reason }),
          ...(authors === undefined ? {} : { authors }),
        }
        const withdrawn = effect.reason === consentWithdrawn ? { withdrawn: { samePerson: isSamePerson(work, live, parent.run) } } : {}
        const command = { kind: 'call.return', at: work.now, token: parent.token, run, status, output, ...why, ...withdrawn } as const
        work.follow({ kind: 'ask', depth, run: parent.run, command })
      }
      break
    default:
      unreachable(effect)
  }
}

function isSamePerson(work: Work, called: LiveRun, caller: RunId): boolean {
  const { subject } = called.index
  return subject !== null && loadRun(work, caller)?.index.subject === subject
}

function unreachable(effect: never): never {
  throw new Error(`SLU_EFFECT_UNKNOWN: ${(effect as CoreEffect).kind}`)
}
