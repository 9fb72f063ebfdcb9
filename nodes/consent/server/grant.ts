import { problem, type WriteContext } from '@sluice/sdk/server'
import { bitOf, type Cell, maskOf } from '../domain/grid.ts'
import { replaceable } from '../domain/lifecycle.ts'
import { announce } from './announce.ts'
import { DecideInput, read } from './input.ts'
import { refreshSessionMask, sessionFor } from './sessions.ts'
import { commitChange, getCustomer, moveConsent, subjectOf } from './subject.ts'
import { answers, type Consent, consents } from './tables.ts'
import { withdraw } from './withdrawal/withdraw.ts'

export interface Decided {
  /** Records that now stand for the yeses, in their order. */
  readonly consents: readonly string[]
  readonly epoch: number
  /** Set when a no took back what stood. */
  readonly withdrawal: string | null
  readonly repeated: boolean
}

type Decision = DecideInput['decisions'][number]

/**
 * Records what a customer decided on one screen: a record per yes or no, one epoch step for all of them.
 * Untouched switches say nothing. A no to something that stands is a withdrawal.
 */
export function decide(context: WriteContext, payload: unknown): Decided {
  const ask = read(DecideInput, payload)
  const customer = getCustomer(context, ask.customer)
  const key = ask.requestKey === undefined ? null : `decide:${customer.id}:${ask.requestKey}`
  const before = key === null ? null : context.records.find(answers, { key })
  if (before !== null) return { ...(before.answer as unknown as Decided), repeated: true }
  refuseSeparateInBundle(ask)
  const answer = recordDecisions(context, ask)
  if (key !== null) context.records.insert(answers, { key, customer: customer.id, answer: { ...answer }, at: context.now })
  return answer
}

function recordDecisions(context: WriteContext, ask: DecideInput): Decided {
  const epoch = subjectOf(context.records, ask.customer).epoch + 1
  const yes = ask.decisions.filter((it) => it.value === 'yes').map((it) => accept(context, ask, it, epoch))
  const refused = ask.decisions.filter((it) => it.value === 'no').map((it) => refuse(context, ask, it, epoch))
  const created = yes.filter((it) => it.created)
  const granted = maskOf(created.map((it) => it.record))
  const changed = created.length > 0 || refused.includes('recorded') || (ask.categories?.length ?? 0) > 0
  const standing = maskOf(created.filter((it) => it.record.scope === 'standing').map((it) => it.record))
  const subject = changed
    ? commitChange(context, ask.customer, { granted: standing, uncut: ask.categories ?? [] })
    : subjectOf(context.records, ask.customer)
  for (const session of new Set(created.flatMap((it) => it.record.session ?? [])))
    refreshSessionMask(context, sessionFor(context, session, ask.customer))
  if (granted !== 0) {
    context.command('crm.release-fields', { customer: ask.customer, mask: standing, categories: ask.categories ?? [] })
    announce(context, {
      change: 'granted',
      customer: getCustomer(context, ask.customer),
      mask: granted,
      session: sessionOf(created),
      epoch: subject.epoch,
      channel: ask.channel ?? ask.act,
      withdrawal: null,
    })
  }
  const withdrawal = takeBack(context, ask, refused)
  return { consents: yes.map((it) => it.record.id), epoch: subjectOf(context.records, ask.customer).epoch, withdrawal, repeated: false }
}

function accept(context: WriteContext, ask: DecideInput, decision: Decision, epoch: number): { record: Consent; created: boolean } {
  const scope = decision.scope ?? 'standing'
  const session = scope === 'session' ? openSessionOf(context, ask, decision) : null
  const earlier = recordsOf(context, ask.customer, decision, session)
  const standing = earlier.find((it) => it.state === 'given')
  if (standing !== undefined) {
    if (standing.validUntil === null || standing.validUntil > context.now) return { record: standing, created: false }
    moveConsent(context, standing, 'expired', epoch)
  }
  const record = newRecord(context, ask, decision, epoch, session, 'given')
  context.records.insert(consents, record)
  for (const old of earlier)
    if (old.supersededBy === null && (replaceable.includes(old.state) || old === standing))
      context.records.update(consents, { id: old.id }, { supersededBy: record.id })
  scheduleExpiry(context, record)
  context.audit('consent.given', { customer: ask.customer, consent: record.id, purpose: record.purpose, scene: record.scene })
  return { record, created: true }
}

/** Gives what became of a no: a record of its own, nothing new, or a standing grant that must be taken back. */
function refuse(context: WriteContext, ask: DecideInput, decision: Decision, epoch: number): 'recorded' | 'known' | Cell {
  const session = decision.scope === 'session' ? openSessionOf(context, ask, decision) : null
  const earlier = recordsOf(context, ask.customer, decision, session)
  if (earlier.some((it) => it.state === 'given')) return { purpose: decision.purpose, scene: decision.scene }
  if (earlier.some((it) => it.state === 'refused' && it.supersededBy === null)) return 'known'
  const record = newRecord(context, ask, decision, epoch, session, 'refused')
  context.records.insert(consents, record)
  context.audit('consent.refused', { customer: ask.customer, consent: record.id, purpose: record.purpose, scene: record.scene })
  return 'recorded'
}

function takeBack(context: WriteContext, ask: DecideInput, refused: readonly ('recorded' | 'known' | Cell)[]): string | null {
  const cells = refused.filter((it) => typeof it !== 'string')
  if (cells.length === 0) return null
  return withdraw(context, {
    customer: ask.customer,
    cells,
    channel: ask.channel ?? ask.act,
    receivedAt: context.now,
    language: ask.language,
  }).withdrawal
}

function newRecord(
  context: WriteContext,
  ask: DecideInput,
  decision: Decision,
  epoch: number,
  session: string | null,
  state: Consent['state'],
): Consent {
  return {
    id: context.newId(),
    customer: ask.customer,
    purpose: decision.purpose,
    scene: decision.scene,
    scope: decision.scope ?? 'standing',
    session,
    act: ask.act,
    language: ask.language,
    categories: ask.categories ?? [],
    evidence: { notice: ask.notice ?? null, bundleOffer: ask.bundleOffer ?? null, channel: ask.channel ?? null, by: context.actor.kind },
    state,
    stateSince: context.now,
    stateEpoch: epoch,
    validFrom: context.now,
    validUntil: ask.validUntil ?? null,
    epochAt: epoch,
    supersededBy: null,
  }
}

function recordsOf(context: WriteContext, customer: string, cell: Cell, session: string | null): Consent[] {
  const { purpose, scene } = cell
  return context.records.list(consents, { where: { customer, purpose, scene } }).filter((it) => it.session === session)
}

function openSessionOf(context: WriteContext, ask: DecideInput, decision: Decision): string {
  if (typeof decision.session !== 'string')
    throw problem('SLU_CONSENT_SESSION_REQUIRED', 422, 'A session grant needs a session', [
      { path: '/session', message: 'must name the session' },
    ])
  const session = sessionFor(context, decision.session, ask.customer)
  if (session.closedAt !== null)
    throw problem('SLU_CONSENT_SESSION_CLOSED', 409, 'The session is closed', [{ path: '/session', message: 'is closed' }])
  return session.id
}

function sessionOf(created: readonly { readonly record: Consent }[]): string | null {
  return created.find((it) => it.record.session !== null)?.record.session ?? null
}

function scheduleExpiry(context: WriteContext, record: Consent): void {
  if (record.validUntil === null) return
  context.schedule({
    key: `consent.expire:${record.id}`,
    command: 'consent.expire',
    dueAt: record.validUntil,
    payload: { consent: record.id },
  })
}

/** Sharing with third parties is agreed to on its own, never as one of several. */
function refuseSeparateInBundle(ask: DecideInput): void {
  if (ask.bundleOffer === undefined) return
  const index = ask.decisions.findIndex((it) => it.value === 'yes' && it.purpose === 'third_party_sharing')
  if (index < 0) return
  throw problem('SLU_CONSENT_BUNDLE_SEPARATE', 422, 'Third-party sharing needs a consent of its own', [
    { path: `/decisions/${index}`, message: 'must be asked separately' },
  ])
}

/** Closes a grant at its last instant. A check already refuses then, should this timer be late. */
export function expire(context: WriteContext, payload: { readonly consent: string }): boolean {
  const record = context.records.find(consents, { id: payload.consent })
  if (record === null || record.state !== 'given') return false
  context.raiseFence(record.customer)
  moveConsent(context, record, 'expired', subjectOf(context.records, record.customer).epoch + 1)
  const subject = commitChange(context, record.customer, {})
  if (record.session !== null) refreshSessionMask(context, sessionFor(context, record.session, record.customer))
  context.audit('consent.expired', { customer: record.customer, consent: record.id, purpose: record.purpose, scene: record.scene })
  announce(context, {
    change: 'expired',
    customer: getCustomer(context, record.customer),
    mask: bitOf(record),
    session: record.session,
    epoch: subject.epoch,
    channel: 'clock',
    withdrawal: null,
  })
  return true
}
