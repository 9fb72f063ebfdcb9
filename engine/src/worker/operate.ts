import type { Json } from '@sluice/flows'
import { digestOf } from '../core/canonical.ts'
import type { Command } from '../core/command.ts'
import type { JournalEntry } from '../core/entry.ts'
import type { NodeId, RunId, TokenId, UserId } from '../core/ids.ts'
import { type MoveCheck, moveCheck } from '../core/move-check.ts'
import { type RerunPlan, rerunPlan } from '../core/rerun-plan.ts'
import type { KeptOutcome } from '../core/run.ts'
import type { Actor } from './context.ts'
import { addRun, ask, type LiveRun, loadRun } from './live-run.ts'
import { forksTable } from './operate-tables.ts'
import { personBehind } from './person-behind.ts'
import { problem } from './problem.ts'
import { behindStart } from './said-by.ts'
import { waitKey } from './signals.ts'
import { starterOf } from './start.ts'
import type { Work } from './work.ts'

/** What a person is shown before a run is taken up again. `shown` binds the confirmation to exactly this. */
export interface RerunPreview extends Omit<RerunPlan, 'begin'> {
  readonly shown: string
  /** The run lives: it is cancelled first, so that nothing happens twice at once. */
  readonly cancels: boolean
}

export interface MovePreview extends MoveCheck {
  readonly shown: string
  readonly from: number
  readonly to: number
}

export function skipStep(
  work: Work,
  actor: Actor,
  {
    run,
    token,
    port,
    data,
    reason,
  }: { readonly run: RunId; readonly token: TokenId; readonly port: string; readonly data: Json; readonly reason: string },
): void {
  const live = existing(work, run)
  const standing = live.state?.tokens[token]
  if (standing === undefined) throw problem('SLU_TOKEN_UNKNOWN', 409, `token ${token} has moved on or was cancelled`)
  if (live.prepared.node(standing.node).compiled.type.startsWith('approvals.'))
    throw problem('SLU_SKIP_REFUSED', 409, `${standing.node} is decided by a person, which nobody can state for them`)
  const by = personBehind(actor)
  insist(work, live, { kind: 'node.skip', at: work.now, token, attempt: standing.attempt, port, data, reason, by })
}

export function previewRerun(work: Work, run: RunId, node: NodeId): RerunPreview {
  const { begin: _begin, ...plan } = planOf(work, existing(work, run), node)
  return { ...plan, ...boundTo(work, existing(work, run), node, plan.effects) }
}

/** Takes a run up again as a new one. Its acts carry new idempotency keys, because they are meant; those not named in `repeat` are not done again. */
export function rerun(
  work: Work,
  actor: Actor,
  {
    run: of,
    node,
    shown,
    repeat,
  }: { readonly run: RunId; readonly node: NodeId; readonly shown: string; readonly repeat: readonly NodeId[] },
): { readonly run: RunId; readonly cancelled: boolean } {
  const live = existing(work, of)
  const { begin, effects } = planOf(work, live, node)
  const bound = boundTo(work, live, node, effects)
  if (bound.shown !== shown) throw problem('SLU_RERUN_CHANGED', 409, `run ${of} is not as it was shown; look again, then confirm`)
  const unknown = repeat.find((name) => !effects.some((effect) => effect.node === name))
  if (unknown !== undefined) throw problem('SLU_RERUN_NODE', 422, `${unknown} is none of the steps with an effect behind ${node}`)
  const unconfirmed = effects.find((effect) => effect.outcome === null && effect.done + effect.failed > 0 && !repeat.includes(effect.node))
  if (unconfirmed !== undefined)
    throw problem(
      'SLU_RERUN_UNCONFIRMED',
      422,
      `${unconfirmed.node} would act again and its outcome cannot be handed on; name it in repeat`,
    )
  if (bound.cancels) {
    if (live.state?.parent != null)
      throw problem(
        'SLU_RERUN_CALLED',
        409,
        `run ${of} is awaited by run ${live.state.parent.run}; take that one up again, or cancel this one first`,
      )
    insist(work, live, {
      kind: 'run.cancel',
      at: work.now,
      reason: `taken up again from ${node}`,
      by: personBehind(actor),
    })
  }
  const kept: Record<NodeId, KeptOutcome> = {}
  for (const { node: id, outcome } of effects) if (outcome !== null && !repeat.includes(id)) kept[id] = outcome
  const run = work.shared.ports.newId()
  const fork = addRun(work, run, live.prepared, { ...live.index, uses: live.prepared.uses }, work.deeper(1))
  const by = starterOf(actor)
  const authors = [...new Set([...authorsOf(journalOf(work, live)), ...(behindStart(work) ?? [])])]
  const behind = { ...(by === undefined ? {} : { by }), ...(authors.length === 0 ? {} : { authors }) }
  const command = { kind: 'run.fork', at: work.now, run, of, begin, kept, ...behind } as const
  insist(work, fork, command)
  work.shared.counts.runsStarted++
  work.store.records.insert(forksTable, { run, of, node, at: work.now })
  return { run, cancelled: bound.cancels }
}

/** Whose words the run held: they stay theirs when somebody else takes it up again. Its journal says so when its state is gone. */
function authorsOf(entries: readonly JournalEntry[]): readonly UserId[] {
  const authors = new Set<UserId>()
  for (const entry of entries) {
    if ((entry.kind === 'run.started' || entry.kind === 'run.forked') && entry.by?.kind === 'user') authors.add(entry.by.id)
    if ('authors' in entry) for (const author of entry.authors ?? []) authors.add(author)
  }
  return [...authors]
}

function journalOf(work: Work, live: LiveRun): readonly JournalEntry[] {
  return [...work.store.journal.read(live.id).flatMap((row) => row.entries), ...live.entries]
}

function planOf(work: Work, live: LiveRun, node: NodeId): RerunPlan {
  const plan = rerunPlan(live.prepared.flow, journalOf(work, live), node)
  if (typeof plan === 'string') throw problem('SLU_RERUN_NODE', 422, plan)
  return plan
}

/** The number of earlier re-runs is part of it, so a confirmation counts once. */
function boundTo(
  work: Work,
  { id, state }: LiveRun,
  node: NodeId,
  effects: RerunPlan['effects'],
): { readonly shown: string; readonly cancels: boolean } {
  const seen = effects.map((effect) => [effect.node, effect.done, effect.failed])
  const again = work.store.records.count(forksTable, { of: id })
  return { shown: digestOf([id, state?.seq ?? 0, node, seen, again]), cancels: state?.endedAt === null }
}

export function previewMove(work: Work, run: RunId, version: number): MovePreview {
  const live = existing(work, run)
  const { state, prepared } = live
  if (state === null) throw problem('SLU_RUN_UNKNOWN', 404, `No run ${run}`)
  const to = work.shared.flows.get(prepared.flow.key, version).flow
  const acting = new Set(
    Object.values(state.tokens)
      .filter(({ id }) => isActing(work, run, id))
      .map(({ id }) => id),
  )
  const check = moveCheck(prepared.flow, to, state, acting)
  return { ...check, from: state.version, to: version, shown: digestOf([run, state.seq, to.digest, check]) }
}

function isActing(work: Work, run: RunId, token: TokenId): boolean {
  const row = work.store.outbox.findByToken(run, token)
  return row !== null && (row.state === 'begun' || row.state === 'queued')
}

/** The run goes on in another version, from where it stands. What it waits for stays as it is. */
export function move(
  work: Work,
  actor: Actor,
  { run, version, shown, reason }: { readonly run: RunId; readonly version: number; readonly shown: string; readonly reason: string },
): { readonly from: number; readonly to: number } {
  const preview = previewMove(work, run, version)
  const [first] = preview.obstacles
  if (first !== undefined) {
    const where = 'node' in first ? ` at ${first.node}` : ''
    throw problem('SLU_MOVE_REFUSED', 409, `run ${run} cannot go on in version ${version}: ${first.kind}${where}`)
  }
  if (preview.shown !== shown) throw problem('SLU_MOVE_CHANGED', 409, `run ${run} is not as it was shown; look again, then confirm`)
  const live = existing(work, run)
  const before = live.prepared
  if (work.undoable)
    work.undo(() => {
      live.prepared = before
    })
  live.prepared = work.shared.flows.get(before.flow.key, version)
  insist(work, live, { kind: 'run.move', at: work.now, reason, by: personBehind(actor) })
  live.index = { ...live.index, uses: unitedUses(live) }
  for (const { id, wait } of Object.values(live.state?.tokens ?? {})) {
    if (wait?.kind !== 'event') continue
    work.store.waits.close(run, id)
    work.store.waits.open(run, id, wait.type, waitKey(live, id, wait.key))
  }
  return { from: preview.from, to: version }
}

/** What it has used people's data for stays known, and what the new version will use it for is added. */
function unitedUses({ index, prepared }: LiveRun): LiveRun['index']['uses'] {
  const known = new Set(index.uses.map(({ purpose, scene }) => `${purpose} ${scene}`))
  return [...index.uses, ...prepared.uses.filter(({ purpose, scene }) => !known.has(`${purpose} ${scene}`))]
}

function existing(work: Work, run: RunId): LiveRun {
  const live = loadRun(work, run)
  if (live === null || live.state === null) throw problem('SLU_RUN_UNKNOWN', 404, `No run ${run}`)
  return live
}

const wrongInput: ReadonlySet<string> = new Set(['SLU_SKIP_PORT', 'SLU_PAYLOAD_LIMIT', 'SLU_RERUN_NODE'])

function insist(work: Work, live: LiveRun, command: Command): void {
  const decision = ask(work, live, command)
  if (!decision.accepted) throw problem(decision.code, wrongInput.has(decision.code) ? 422 : 409, decision.reason)
}
