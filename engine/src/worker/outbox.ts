import type { JsonObject } from '@sluice/flows'
import type { RunId, TokenId } from '../core/ids.ts'
import type { Token } from '../core/run.ts'
import { type Worded, worded } from '../core/words.ts'
import { keepBehind, takeBehind } from './behind.ts'
import type { NodeOutcome, PackEffect } from './context.ts'
import { askGates, closePermit, type Refusal } from './gates.ts'
import { engineLimits } from './limits.ts'
import { ask, type LiveRun } from './live-run.ts'
import { refusalsTable } from './operate-tables.ts'
import type { EffectPermit } from './permit.ts'
import type { OutboxRow } from './ports.ts'
import { rankOfPack, rankOfRun, rankPart, ranks } from './rank.ts'
import type { Work } from './work.ts'

type Act = Extract<NodeOutcome, { kind: 'act' }>

export const evaluateHandler = '$evaluate'
const outboxTimer = '$outbox:'

/** One row for each attempt of each step, named after it, so that nothing can be ordered twice. */
export function stepEffectId(run: RunId, token: TokenId, attempt: number): string {
  return `${run}:${token}:${attempt}`
}

function evaluationId(run: RunId, token: TokenId, attempt: number): string {
  return `${stepEffectId(run, token, attempt)}:config`
}

/** A step that says it touches nothing outside may not do so. */
export function undeclaredAct(type: string): Worded {
  return worded('SLU_OUTCOME_INVALID', `${type} declares no outside effect but ordered one`, `${type} 未声明外部动作，却发起了外部动作`)
}

/** Orders an outside act. The gates are asked in this same transaction; a refusal leads the line elsewhere at once. */
export function orderAct(work: Work, live: LiveRun, token: Token, act: Act): void {
  const node = live.prepared.node(token.node)
  if (node.compiled.effect !== 'idempotent' && node.compiled.effect !== 'unsafe') {
    ask(work, live, {
      kind: 'node.fail',
      at: work.now,
      token: token.id,
      attempt: token.attempt,
      error: { ...undeclaredAct(node.compiled.type), terminal: true },
    })
    return
  }
  if (act.use !== null) addUse(work, live, act.use.purpose, act.use.scene)
  const row: OutboxRow = {
    ...blank(work),
    id: stepEffectId(live.id, token.id, token.attempt),
    run: live.id,
    token: token.id,
    node: token.node,
    attempt: token.attempt,
    handler: node.compiled.type,
    request: act.request,
    use: act.use,
    refusedPort: act.refusedPort ?? null,
    onResult: act.onResult ?? null,
    notBefore: act.notBefore ?? work.now,
    idempotencyKey: `${live.id}:${token.id}:${token.node}`,
    ...rankPart(rankOfRun(live)),
  }
  const refusal = order(work, row)
  if (refusal === null) return
  answerRefused(work, row, refusal)
  remember(work, row, refusal)
  leaveRefused(work, live, token, row.refusedPort, refusal)
}

/** Expressions that may take long are computed outside the transaction; the step runs when they come back. */
export function orderEvaluation(work: Work, live: LiveRun, token: Token, request: JsonObject): void {
  const id = evaluationId(live.id, token.id, token.attempt)
  const place = { run: live.id, token: token.id, node: token.node, attempt: token.attempt, ...rankPart(rankOfRun(live)) }
  order(work, { ...blank(work), ...place, id, handler: evaluateHandler, request, idempotencyKey: id })
}

/** An effect of a pack that belongs to no step. */
export function orderPackEffect(work: Work, effect: PackEffect): void {
  const { handler, request, use, idempotencyKey } = effect
  const onResult = effect.onResult ?? null
  const notBefore = effect.notBefore ?? work.now
  const row = {
    ...blank(work),
    id: work.shared.ports.newId(),
    handler,
    request,
    use,
    idempotencyKey,
    onResult,
    notBefore,
    ...rankPart(rankOfPack(handler)),
  }
  keepBehind(work, row)
  const refusal = order(work, row)
  if (refusal !== null) answerRefused(work, row, refusal)
}

function blank(work: Work): OutboxRow {
  return {
    id: '',
    run: null,
    token: null,
    node: null,
    attempt: 1,
    handler: '',
    request: {},
    use: null,
    refusedPort: null,
    idempotencyKey: '',
    onResult: null,
    state: 'queued',
    notBefore: work.now,
    begunAt: null,
  }
}

/** Begins at once when it may; otherwise the row waits for its time or for room. Gives the refusal when a gate said no. */
function order(work: Work, row: OutboxRow): Refusal | null {
  if (row.notBefore > work.now) {
    work.store.outbox.insert(row)
    ringFor(work, row)
    return null
  }
  // While rows wait, a new one gets in line, or room that came free would go to whoever comes last; a withdrawal's goes at once.
  if (!hasRoom(work) || (work.shared.backlog && row.rank !== ranks.withdrawal)) {
    work.shared.backlog = true
    work.store.outbox.insert(row)
    return null
  }
  const { permit, refusal } = askGates(work, row, 'none')
  if (refusal !== null) return refusal
  const begun: OutboxRow = { ...row, state: 'begun', begunAt: work.now }
  work.store.outbox.insert(begun)
  leaveAfterCommit(work, begun, permit)
  return null
}

/** Its time wakes a row that waits for it. */
export function ringFor(work: Work, { id, notBefore, rank }: OutboxRow): void {
  const begins = { command: 'engine.effect.begin', payload: { id } }
  work.setTimer({ run: '', id: outboxTimer + id, dueAt: notBefore, ...begins, ...rankPart(rank ?? ranks.normal) })
}

export function hasRoom(work: Work): boolean {
  const { inFlight, batch } = work.shared
  return inFlight + batch.inFlightChange + work.inFlightChange < engineLimits.effectsInFlightMax
}

/** Begins a row that waited. */
export function begin(work: Work, row: OutboxRow): void {
  const { permit, refusal } = askGates(work, row, 'none')
  if (refusal !== null) {
    work.store.outbox.update(row.id, { state: 'cancelled' })
    tellOwner(work, row, refusal)
    return
  }
  work.store.outbox.update(row.id, { state: 'begun', begunAt: work.now })
  leaveAfterCommit(work, { ...row, state: 'begun', begunAt: work.now }, permit)
}

/** The fence is read now: if it moves before the door acts, the door asks again instead of acting. */
export function leaveAfterCommit(work: Work, row: OutboxRow, permit: EffectPermit): void {
  const fence = row.use === null ? 0 : work.shared.ports.fence.read(row.use.subject)
  work.set(work.begun, row.id, { ...row, fence, permit })
  work.countInFlight(1)
  work.shared.counts.effectsBegun++
}

/** Withdraws what an attempt of a step ordered and what has not come back, if anything. */
export function withdrawStep(work: Work, run: RunId, token: TokenId, attempt: number): void {
  for (const id of [stepEffectId(run, token, attempt), evaluationId(run, token, attempt)]) {
    const row = work.store.outbox.find(id)
    if (row !== null && withdraw(work, row))
      answerRefused(work, row, { code: 'SLU_EFFECT_CANCELLED', reason: 'the step was withdrawn', why: {} })
  }
}

/** False when the act had already left: it can no longer be stopped here. */
export function withdraw(work: Work, row: OutboxRow): boolean {
  if (row.state !== 'queued' && row.state !== 'begun') return false
  work.store.outbox.update(row.id, { state: 'cancelled' })
  if (row.state === 'queued') {
    if (row.notBefore > work.now) work.clearTimer('', outboxTimer + row.id)
    return true
  }
  work.countInFlight(-1)
  work.shared.inFlightRanks.delete(row.id)
  const unsent = takeBack(work, row.id)
  closePermit(work, row, unsent ? 'unsent' : 'unknown')
  return unsent
}

/** A row that began in this very transaction has not left yet. */
export function takeBack(work: Work, id: string): boolean {
  if (work.begun.has(id)) {
    work.remove(work.begun, id)
    return true
  }
  if (!work.shared.batch.begun.has(id) || work.unsent.has(id)) return false
  work.unsent.add(id)
  work.undo(() => work.unsent.delete(id))
  return true
}

/** Tells whoever ordered a row that it will not happen. */
export function tellOwner(work: Work, row: OutboxRow, refusal: Refusal): void {
  const { run, token, attempt } = row
  answerRefused(work, row, refusal)
  if (run === null || token === null) return
  remember(work, row, refusal)
  const at = work.now
  const data = { code: refusal.code, reason: refusal.reason }
  const command =
    row.refusedPort === null
      ? ({ kind: 'node.fail', at, token, attempt, error: { code: refusal.code, message: refusal.reason, terminal: true } } as const)
      : ({
          kind: 'node.complete',
          at,
          token,
          attempt,
          port: row.refusedPort,
          data,
          why: { ...refusal.why, ...data },
          acted: false,
        } as const)
  work.follow({ kind: 'ask', depth: work.depth, run, command })
}

function leaveRefused(work: Work, live: LiveRun, { id: token, attempt }: Token, port: string | null, refusal: Refusal): void {
  const { code, reason } = refusal
  const at = work.now
  if (port === null) ask(work, live, { kind: 'node.fail', at, token, attempt, error: { code, message: reason, terminal: true } })
  else
    ask(work, live, {
      kind: 'node.complete',
      at,
      token,
      attempt,
      port,
      data: { code, reason },
      why: { ...refusal.why, code, reason },
      acted: false,
    })
}

/** So that the runs a gate stopped can be listed. */
function remember(work: Work, { run, node }: OutboxRow, { code }: Refusal): void {
  if (run !== null) work.store.records.upsert(refusalsTable, { run, code, node: node ?? '', at: work.now })
}

function answerRefused(work: Work, row: OutboxRow, { code, reason }: Refusal): void {
  answerPack(work, row, { kind: 'failure', error: { code, message: reason, terminal: true } })
}

/** The pack that ordered a row hears how it went, whether a step of a run stands behind it or not. */
export function answerPack(work: Work, row: OutboxRow, outcome: NodeOutcome): void {
  if (row.onResult === null) return
  const behind = takeBehind(work, row)
  work.follow({ kind: 'command', depth: work.depth, name: row.onResult, payload: { request: row.request, outcome }, behind })
}

/** What a run has used people's data for, as far as it got; what a withdrawal looks runs up by. */
function addUse(work: Work, live: LiveRun, purpose: string, scene: string): void {
  const { index } = live
  if (index.uses.some((use) => use.purpose === purpose && use.scene === scene)) return
  if (work.undoable) {
    work.undo(() => {
      live.index = index
    })
  }
  live.index = { ...index, uses: [...index.uses, { purpose, scene }] }
}
