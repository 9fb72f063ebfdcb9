import type { Actor } from './context.ts'
import { continuationTimer } from './follow-ups.ts'
import { engineLimits } from './limits.ts'
import type { LiveRun } from './live-run.ts'
import { heldTable, type PauseMode, pausesTable } from './operate-tables.ts'
import { problem } from './problem.ts'
import type { Work } from './work.ts'

/** Timer that lets the next runs of a resumed flow go on. */
const releaseTimer = '$release:'

export function pauseFlow(
  work: Work,
  actor: Actor,
  { flow, mode, reason }: { readonly flow: string; readonly mode: PauseMode; readonly reason: string },
): void {
  work.shared.flows.active(flow)
  work.store.records.upsert(pausesTable, { flow, mode, since: work.now, by: actor.id, reason })
  changed(work)
}

/** Gives how many runs were held. They go on in the order in which they were held, some hundred at a time. */
export function resumeFlow(work: Work, { flow }: { readonly flow: string }): { readonly resumed: boolean; readonly held: number } {
  const resumed = work.store.records.delete(pausesTable, { flow }) > 0
  changed(work)
  const held = work.store.records.count(heldTable, { flow })
  if (held > 0) releaseHeld(work, { flow })
  return { resumed, held }
}

export function releaseHeld(work: Work, { flow }: { readonly flow: string }): void {
  const limit = engineLimits.heldPerTurn
  const rows = work.store.records.list(heldTable, { where: { flow }, orderBy: [['at', 'asc']], limit })
  if (work.shared.flows.pauseOf(flow) !== null) return
  for (const { run } of rows) {
    work.store.records.delete(heldTable, { run })
    work.setTimer({ run, id: continuationTimer, dueAt: work.now, command: null, payload: null })
  }
  if (rows.length < limit) return
  work.setTimer({ run: '', id: releaseTimer + flow, dueAt: work.now, command: 'engine.flow.release', payload: { flow } })
}

/** A step whose flow is paused is not begun; its run is remembered, and the step is ordered again when the flow goes on. */
export function isHeld(work: Work, live: LiveRun): boolean {
  const { key } = live.prepared.flow
  if (work.shared.flows.pauseOf(key) === null) return false
  work.store.records.upsert(heldTable, { run: live.id, flow: key, at: work.now })
  return true
}

/** By hand nothing starts in a paused flow: who asks is there to be told. */
export function assertNotPaused(work: Work, flow: string): void {
  if (work.shared.flows.pauseOf(flow) !== null)
    throw problem('SLU_FLOW_PAUSED', 409, {
      en: `Flow ${flow} is paused; resume it, or wait until it is`,
      'zh-CN': `流程 ${flow} 已暂停，请恢复或等待恢复`,
    })
}

function changed(work: Work): void {
  work.flowsChanged = true
  work.shared.flows.invalidate()
}
