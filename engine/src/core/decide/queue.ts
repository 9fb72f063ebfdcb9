import type { Json } from '@sluice/flows'
import type { CommandOf, StartGate } from '../command.ts'
import type { NodeId } from '../ids.ts'
import type { StartLock, Token } from '../run.ts'
import { requestLock } from './lock.ts'
import { type Progress, type Rejection, rejected } from './progress.ts'

/** What a start has to wait for; null when nothing. */
export function waitsFor({ gate, at }: CommandOf<'run.start'>): StartGate | null {
  if (gate === undefined) return null
  const until = gate.until !== null && gate.until > at ? gate.until : null
  return until === null && gate.lock === null ? null : { until, lock: gate.lock }
}

/** Keeps the first line at its trigger until its time has come and its turn. */
export function queueStart(progress: Progress, node: NodeId, data: Json, { until, lock }: StartGate): void {
  const id = `t${progress.run.next.token}`
  progress.emit({ kind: 'run.queued', version: 1, at: progress.at, node, token: id, data })
  const token = progress.run.tokens[id]
  if (token === undefined) return
  if (until === null) {
    if (lock !== null) queueForLock(progress, token, lock)
    return
  }
  const deadline = progress.timer(until)
  const wait = { kind: 'timer', ...deadline, port: 'out', data } as const
  const full = lock === null ? wait : { ...wait, lock }
  progress.emit({ kind: 'node.waiting', version: 1, at: progress.at, node, token: id, wait: full, why: null })
  progress.setTimer(deadline, id)
}

/** The same wait with a later end; the one it gave way to stands in the journal. */
export function decideStartPutOff(progress: Progress, { until, by }: CommandOf<'start.put-off'>): Rejection | null {
  const { run, at } = progress
  const token = Object.values(run.tokens).find(({ node, from }) => node === run.trigger && from === null)
  const wait = token?.wait
  if (token === undefined || wait?.kind !== 'timer') return rejected('SLU_TIMER_UNKNOWN', `run ${run.id} no longer waits for its start`)
  progress.clearTimer(wait.timerId)
  const deadline = progress.timer(until)
  const why = { gaveWayTo: by }
  progress.emit({ kind: 'node.waiting', version: 1, at, node: token.node, token: token.id, wait: { ...wait, ...deadline }, why })
  progress.setTimer(deadline, token.id)
  return null
}

/** The time of a queued start has come; now it is its turn when there is room. */
export function queueForLock(progress: Progress, token: Token, { key, limit, whenFull }: StartLock): void {
  const wait = { kind: 'lock', key, limit, timerId: null, dueAt: null } as const
  progress.emit({ kind: 'node.waiting', version: 1, at: progress.at, node: token.node, token: token.id, wait, why: null })
  requestLock(progress, token, wait, whenFull)
}
