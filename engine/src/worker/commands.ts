import type { Json } from '@sluice/flows'
import type { CompiledFlow } from '../core/compiled.ts'
import type { NodeId, RunId } from '../core/ids.ts'
import type { WriteContext } from './context.ts'
import { dismiss, redeliver } from './dead-letters.ts'
import { move, previewMove, previewRerun, rerun, skipStep } from './operate.ts'
import type { PauseMode } from './operate-tables.ts'
import { begin, hasRoom } from './outbox.ts'
import { pauseFlow, releaseHeld, resumeFlow } from './pause.ts'
import { problem } from './problem.ts'
import type { Work } from './work.ts'

/** Payloads of the commands every host has beside those of its packs. */
export interface BuiltInPayloads {
  /** Starts a run of the active version by hand → `{ run }`. */
  'engine.run.start': { readonly flow: string; readonly trigger?: NodeId | null; readonly input?: Json }
  /** → `{ cancelled }`, false when the run had already ended. With `compensate` its steps are undone first: then it ends later. */
  'engine.run.cancel': { readonly run: RunId; readonly reason?: string; readonly compensate?: boolean }
  /** Puts the run's incidents back to work. */
  'engine.run.retry': { readonly run: RunId }
  /** The step a token stands at is said to have given this. */
  'engine.run.skip': Parameters<typeof skipStep>[2]
  /** What taking the run up again from a node would do → `RerunPreview`; writes nothing. */
  'engine.run.preview-rerun': { readonly run: RunId; readonly node: NodeId }
  /** → `{ run, cancelled }` */
  'engine.run.rerun': Parameters<typeof rerun>[2]
  /** → `MovePreview`; writes nothing. */
  'engine.run.preview-move': { readonly run: RunId; readonly version: number }
  'engine.run.move': Parameters<typeof move>[2]
  'engine.flow.pause': { readonly flow: string; readonly mode: PauseMode; readonly reason: string }
  /** → `{ resumed, held }` */
  'engine.flow.resume': { readonly flow: string }
  /** Lets the next held runs go on; armed by the engine itself. */
  'engine.flow.release': { readonly flow: string }
  /** → `{ runs }` */
  'engine.letter.redeliver': { readonly id: string }
  'engine.letter.dismiss': { readonly id: string }
  /** Stores a compiled version; with `activate`, new runs start on it. A stored version never changes. */
  'engine.flow.put': { readonly flow: CompiledFlow; readonly activate?: boolean }
  /** Version null: the flow starts no new runs. */
  'engine.flow.activate': { readonly key: string; readonly version: number | null }
  /** Takes away what was published of an inactive flow nobody can ask about any more → `{ gone }`, false while a run of it is kept. */
  'engine.flow.forget': { readonly key: string }
  /** Time has come for an act that waited; armed by the engine itself. */
  'engine.effect.begin': { readonly id: string }
}

type BuiltIns = { readonly [Name in keyof BuiltInPayloads]: (work: Work, context: WriteContext, payload: BuiltInPayloads[Name]) => unknown }

const handlers: BuiltIns = {
  'engine.run.start': (_work, { runs }, { flow, trigger, input }) => ({ run: runs.start(flow, trigger ?? null, input ?? null, null) }),
  'engine.run.cancel': (work, { runs }, { run, reason, compensate }) => {
    const stored = work.store.runs.load(run)
    if (stored === null) throw problem('SLU_RUN_UNKNOWN', 404, `No run ${run}`)
    if (stored.state.undoing?.[''] !== undefined)
      throw problem('SLU_RUN_UNDOING', 409, `run ${run} is undoing its steps and ends by itself; retry or skip the one that is stuck`)
    return { cancelled: runs.cancel(run, reason ?? 'cancelled by hand', compensate === true ? { compensate } : undefined) }
  },
  'engine.run.retry': (_work, { runs }, { run }) => runs.retry(run),
  'engine.run.skip': (work, { actor }, payload) => skipStep(work, actor, payload),
  'engine.run.preview-rerun': (work, _context, { run, node }) => previewRerun(work, run, node),
  'engine.run.rerun': (work, { actor }, payload) => rerun(work, actor, payload),
  'engine.run.preview-move': (work, _context, { run, version }) => previewMove(work, run, version),
  'engine.run.move': (work, { actor }, payload) => move(work, actor, payload),
  'engine.flow.pause': (work, { actor }, payload) => pauseFlow(work, actor, payload),
  'engine.flow.resume': (work, _context, payload) => resumeFlow(work, payload),
  'engine.flow.release': (work, _context, payload) => releaseHeld(work, payload),
  'engine.letter.redeliver': (work, _context, payload) => redeliver(work, payload),
  'engine.letter.dismiss': (work, _context, payload) => dismiss(work, payload),
  'engine.flow.put': (work, _context, { flow, activate }) => putFlow(work, flow, activate === true),
  'engine.flow.activate': (work, _context, { key, version }) => activateFlow(work, key, version),
  'engine.flow.forget': (work, _context, { key }) => ({ gone: forgetFlow(work, key) }),
  'engine.effect.begin': (work, _context, { id }) => beginById(work, id),
}

export type BuiltIn = (work: Work, context: WriteContext, payload: unknown) => unknown

export const builtIns: ReadonlyMap<string, BuiltIn> = new Map(Object.entries(handlers) as [string, BuiltIn][])

function putFlow(work: Work, flow: CompiledFlow, activate: boolean): void {
  const { flows } = work.store
  const stored = flows.get(flow.key, flow.version)
  if (stored !== null && stored.digest !== flow.digest)
    throw problem(
      'SLU_FLOW_SEALED',
      409,
      `Version ${flow.version} of flow ${flow.key} is published and never changes; publish the next one`,
    )
  flows.put(flow)
  if (activate) activateFlow(work, flow.key, flow.version)
}

function activateFlow(work: Work, key: string, version: number | null): void {
  const { flows } = work.store
  if (version !== null && flows.get(key, version) === null) throw problem('SLU_FLOW_UNKNOWN', 404, `No version ${version} of flow ${key}`)
  flows.activate(key, version)
  work.flowsChanged = true
  work.shared.flows.invalidate()
}

/** A key used again counts from 1 again, so no prepared version of the old flow may be remembered. */
function forgetFlow(work: Work, key: string): boolean {
  const gone = work.store.flows.forget(key)
  if (!gone) return false
  work.flowsChanged = true
  work.shared.flows.invalidate()
  return true
}

function beginById(work: Work, id: string): void {
  const row = work.store.outbox.find(id)
  if (row === null || row.state !== 'queued') return
  if (hasRoom(work)) begin(work, row)
  else work.shared.backlog = true
}
