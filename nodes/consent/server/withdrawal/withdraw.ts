import { problem, type Use, type WriteContext } from '@sluice/sdk/server'
import { isCategory } from '../../domain/categories.ts'
import { bitOf, cellsOf, isPurpose, isScene, type Mask } from '../../domain/grid.ts'
import { escalationsMs, isEmptyScope, type Scope, scopeKind, scopeMask, slaMs } from '../../domain/withdrawal.ts'
import { announce } from '../announce.ts'
import { checkUse } from '../check.ts'
import { read, WithdrawInput } from '../input.ts'
import { lastPermitOf, markEscaped } from '../permits.ts'
import { refreshSessionMask, sessionFor } from '../sessions.ts'
import { type CustomerBrief, commitChange, getCustomer, givenOf, moveConsent, subjectOf } from '../subject.ts'
import {
  type Consent,
  type Escaped,
  type Stopped,
  type StoppedRun,
  type Subject,
  sessions,
  steps,
  type Withdrawal,
  withdrawals,
} from '../tables.ts'
import { looksMs, settle } from './settle.ts'
import { openSteps } from './steps.ts'
import { suppress } from './suppress.ts'

export interface Withdrawn {
  readonly withdrawal: string
  readonly epoch: number
  readonly repeated: boolean
}

/** Days until data must be gone after an account was closed (sooner where the other regime asks for it). */
const eraseAfterMs = 15 * 86_400_000

/**
 * All that protects, in one transaction: fence, grants, masks and epoch, queued acts, runs, frozen fields, old strategies, the audit
 * entry and the clock. A crash leaves all of it or nothing of it. What answers to it, the drawn flows, alert, strategy and receipt,
 * hangs on durable timers, the first due at once: in a storm no fence waits for the flows of another customer.
 */
export function withdraw(context: WriteContext, payload: unknown): Withdrawn {
  const ask = read(WithdrawInput, payload)
  const sourceKey = ask.sourceKey ?? `own:${context.newId()}`
  const [repeated] = context.records.list(withdrawals, { where: { sourceKey }, limit: 1 })
  if (repeated !== undefined) return { withdrawal: repeated.id, epoch: repeated.epoch, repeated: true }
  const scope = checkedScope(ask)
  const customer = getCustomer(context, ask.customer)
  context.raiseFence(customer.id)
  const before = subjectOf(context.records, customer.id)
  const cut = cutGrants(context, customer.id, scope, before)
  const subject = commitChange(context, customer.id, {
    withdrawn: scope.session ? 0 : scopeMask(scope),
    cut: scope.categories ?? [],
  })
  const work = stopWork(context, customer.id, scope)
  const withdrawal = record(context, ask, sourceKey, scope, subject, cut, work)
  freezeAndSuppress(context, withdrawal, customer, ask.erase === true)
  context.audit(
    'consent.withdrawn',
    { customer: customer.id, withdrawal: withdrawal.id, kind: withdrawal.kind, ...purposesOf(withdrawal.cutMask) },
    { mask: withdrawal.cutMask, epoch: subject.epoch },
  )
  armClock(context, withdrawal)
  context.notify('withdrawals', { withdrawal: withdrawal.id, customer: customer.id })
  return { withdrawal: withdrawal.id, epoch: subject.epoch, repeated: false }
}

/** Every purpose in which something ends: the log is looked through by one of them. */
function purposesOf(cut: Mask): { readonly purpose?: string } {
  const names = [...new Set(cellsOf(cut).map(({ purpose }) => purpose))]
  return names.length === 0 ? {} : { purpose: names.join(',') }
}

/** Command `consent.withdrawal-announce`, right after the fence: flows start, and what they leave open is looked at. */
export function announceWithdrawal(context: WriteContext, payload: { readonly withdrawal: string }): void {
  const withdrawal = context.records.find(withdrawals, { id: payload.withdrawal })
  if (withdrawal === null || withdrawal.state !== 'fenced') return
  startFlows(context, withdrawal, getCustomer(context, withdrawal.customer))
  settle(context, withdrawal.id)
}

function checkedScope(ask: WithdrawInput): Scope {
  const scope: Scope = {
    ...(ask.purposes === undefined ? {} : { purposes: ask.purposes }),
    ...(ask.scenes === undefined ? {} : { scenes: ask.scenes }),
    ...(ask.cells === undefined ? {} : { cells: ask.cells }),
    ...(typeof ask.session === 'string' ? { session: ask.session } : {}),
    ...(ask.all === undefined ? {} : { all: ask.all }),
    ...(ask.categories === undefined ? {} : { categories: ask.categories }),
  }
  const unknown = (ask.categories ?? []).findIndex((code) => !isCategory(code))
  if (unknown >= 0)
    throw problem('SLU_CONSENT_INPUT_INVALID', 422, 'No such data category', [
      { path: `/categories/${unknown}`, message: 'unknown data category' },
    ])
  if (isEmptyScope(scope))
    throw problem('SLU_CONSENT_SCOPE_EMPTY', 422, 'Nothing to withdraw', [{ path: '', message: 'name what is withdrawn' }])
  return scope
}

/** Ends the records in scope. In one session only, standing records stay and the session is cut instead. */
function cutGrants(context: WriteContext, customer: string, scope: Scope, before: Subject): readonly Consent[] {
  const mask = scopeMask(scope)
  const session = typeof scope.session === 'string' ? sessionFor(context, scope.session, customer) : null
  const ended = givenOf(context.records, customer).filter(
    (it) => (mask & bitOf(it)) !== 0 && (session === null || it.session === session.id),
  )
  for (const consent of ended) moveConsent(context, consent, 'withdrawn', before.epoch + 1)
  for (const touched of new Set(ended.flatMap((it) => it.session ?? [])))
    refreshSessionMask(context, sessionFor(context, touched, customer))
  if (session !== null) context.records.update(sessions, { id: session.id }, { cutMask: session.cutMask | mask })
  return ended
}

interface Work {
  readonly stopped: Stopped
  readonly stoppedRuns: readonly StoppedRun[]
  readonly escaped: readonly Escaped[]
}

/** Whatever is no longer allowed stops: queued acts never leave, runs that live from cut cells alone end. */
function stopWork(context: WriteContext, customer: string, scope: Scope): Work {
  const mask = scopeMask(scope)
  const isCut = (use: Pick<Use, 'purpose' | 'scene'>) =>
    isPurpose(use.purpose) && isScene(use.scene) && (mask & bitOf({ purpose: use.purpose, scene: use.scene })) !== 0
  const { cancelled, begun } = context.cancelEffects({
    subject: customer,
    covers: (use) => (isCut(use) || (scope.categories?.length ?? 0) > 0) && !checkUse(context.records, use, context.now).allowed,
    reason: 'consent_withdrawn',
  })
  const ended = context.runs
    .ofSubject(customer)
    .filter((run) => run.uses.length > 0 && run.uses.some(isCut) && run.uses.every((use) => isOver(context, customer, scope, use)))
  const stoppedRuns = ended
    .filter((run) => context.runs.cancel(run.id, 'consent_withdrawn', { compensate: true }))
    .map(({ id, timers, tasks }) => ({ run: id, timers, tasks }))
  const sum = (part: 'timers' | 'tasks') => stoppedRuns.reduce((all, run) => all + run[part], 0)
  return {
    stopped: { runs: stoppedRuns.length, timers: sum('timers'), messages: cancelled, tasks: sum('tasks') },
    stoppedRuns,
    escaped: begun.map((effect) => escapedOf(context, effect)),
  }
}

/** A session's end leaves the standing grant: runs go on, and the gate refuses what they try inside that session. */
function isOver(context: WriteContext, customer: string, scope: Scope, use: { readonly purpose: string; readonly scene: string }): boolean {
  if (scope.session) return false
  return !checkUse(context.records, { subject: customer, ...use, session: null }, context.now).allowed
}

function escapedOf(context: WriteContext, effect: ReturnType<WriteContext['cancelEffects']>['begun'][number]): Escaped {
  const { use } = effect
  const permit = lastPermitOf(context, effect.id)
  return {
    effect: effect.id,
    run: effect.run,
    effectKind: use.effectKind,
    purpose: use.purpose,
    scene: use.scene,
    channel: use.channel ?? null,
    ...(permit === null
      ? {}
      : { permit: permit.id, recipient: permit.recipient, categories: permit.categories ?? [], policyHash: permit.policyHash }),
    dispatchedAt: new Date(effect.begunAt).toISOString(),
    // Nothing begins without a permit, and permits are issued by this same writer: all of these began earlier.
    dispatched: 'before_fence',
  }
}

function record(
  context: WriteContext,
  ask: WithdrawInput,
  sourceKey: string,
  scope: Scope,
  subject: Subject,
  cut: readonly Consent[],
  work: Work,
): Withdrawal {
  const { now } = context
  const receivedAt = Math.min(ask.receivedAt, now)
  const withdrawal: Withdrawal = {
    id: context.newId(),
    customer: ask.customer,
    scope,
    kind: scopeKind(scope),
    cutMask: scopeMask(scope),
    leftMask: leftMask(context, scope, subject),
    channel: ask.channel,
    sourceKey,
    occurredAt: ask.occurredAt ?? null,
    receivedAt,
    fencedAt: now,
    completedAt: null,
    deadlineAt: receivedAt + slaMs,
    state: 'fenced',
    epoch: subject.epoch,
    consents: cut.map((it) => it.id),
    stopped: work.stopped,
    stoppedRuns: work.stoppedRuns,
    escaped: work.escaped,
    runs: [],
    language: ask.language ?? 'en',
    receipt: null,
    erasureDueAt: ask.erase === true ? receivedAt + eraseAfterMs : null,
  }
  context.records.insert(withdrawals, withdrawal)
  for (const it of work.escaped) markEscaped(context, it.effect, withdrawal.id)
  openSteps(context, withdrawal)
  return withdrawal
}

function leftMask(context: WriteContext, scope: Scope, subject: Subject): Mask {
  if (typeof scope.session !== 'string') return subject.standingMask
  const session = context.records.find(sessions, { id: scope.session })
  return session === null ? subject.standingMask : (subject.standingMask | session.mask) & ~session.cutMask
}

function freezeAndSuppress(context: WriteContext, withdrawal: Withdrawal, customer: CustomerBrief, erase: boolean): void {
  const { now } = context
  const frozen = withdrawal.scope.session
    ? { fields: [], readBack: true }
    : context.command<{ readonly fields: readonly string[]; readonly readBack: boolean }>('crm.freeze-withdrawn', {
        customer: customer.id,
        withdrawal: withdrawal.id,
        cutMask: withdrawal.cutMask,
        leftMask: withdrawal.leftMask,
        categories: withdrawal.scope.categories ?? [],
      })
  const finish = (name: 'crm_freeze' | 'marketing_stop', ok: boolean, proof: { readonly [key: string]: unknown }) =>
    context.records.update(
      steps,
      { withdrawal: withdrawal.id, name },
      { state: ok ? 'done' : 'failed', doneAt: ok ? now : null, proof: proof as never },
    )
  finish('crm_freeze', frozen.readBack, { fields: [...frozen.fields], readBack: frozen.readBack })
  const token = suppress(context, withdrawal, erase)
  const { suppressed } = context.command<{ readonly suppressed: number }>('messages.suppress', {
    customer: customer.id,
    covers: (use: Use) => !checkUse(context.records, use, now).allowed,
  })
  finish('marketing_stop', true, { cancelled: withdrawal.stopped.messages, suppressed, suppression: token })
  if (!withdrawal.scope.session) context.command('tasks.redact', { subject: customer.id })
  context.command('ai.supersede', { customer: customer.id, cause: withdrawal.id })
}

function startFlows(context: WriteContext, withdrawal: Withdrawal, customer: CustomerBrief): void {
  const runs = announce(context, {
    change: 'withdrawn',
    customer,
    mask: withdrawal.cutMask,
    session: withdrawal.scope.session ?? null,
    epoch: withdrawal.epoch,
    channel: withdrawal.channel,
    withdrawal: withdrawal.id,
    categories: withdrawal.scope.categories ?? [],
  })
  context.records.update(withdrawals, { id: withdrawal.id }, { runs: runs.map((it) => it.run), state: 'propagating' })
  for (const [name, type] of [
    ['rep_alert', 'notify.rep'],
    ['strategy', 'ai.strategy'],
  ] as const) {
    const run = runs.find((it) => context.runs.nodeTypes(it.flow).includes(type))
    if (run !== undefined) context.records.update(steps, { withdrawal: withdrawal.id, name }, { proof: { flow: run.flow, run: run.run } })
  }
}

/** Looks soon, so that the proof is precise; then at the escalations of the promise. All of it survives a restart. */
function armClock(context: WriteContext, withdrawal: Withdrawal): void {
  context.schedule({
    key: `withdrawal:${withdrawal.id}:announce`,
    command: 'consent.withdrawal-announce',
    dueAt: context.now,
    payload: { withdrawal: withdrawal.id },
  })
  for (const after of looksMs)
    context.schedule({
      key: `withdrawal:${withdrawal.id}:look:${after}`,
      command: 'consent.withdrawal-settle',
      dueAt: context.now + after,
      payload: { withdrawal: withdrawal.id },
    })
  for (const after of escalationsMs)
    context.schedule({
      key: `withdrawal:${withdrawal.id}:${after}`,
      command: 'consent.withdrawal-escalate',
      dueAt: withdrawal.receivedAt + after,
      payload: { withdrawal: withdrawal.id, after },
    })
  if (withdrawal.erasureDueAt !== null)
    context.schedule({
      key: `withdrawal:${withdrawal.id}:erase`,
      command: 'consent.erasure-due',
      dueAt: withdrawal.erasureDueAt,
      payload: { withdrawal: withdrawal.id },
    })
}
