import { problem, type WriteContext } from '@sluice/sdk/server'
import { bitOf } from '../domain/grid.ts'
import { idleAfterMs, type SessionChannel } from '../domain/session.ts'
import { read, SessionInput } from './input.ts'
import { givenOf } from './subject.ts'
import { type Session, sessions } from './tables.ts'

/**
 * A session is one bounded talk: open ──▶ closed (by the channel, or by silence).
 * A withdrawal reaches it after its close too: the cut is about the data, not only about the live talk.
 */
export function openSession(context: WriteContext, payload: unknown): Session {
  const ask = read(SessionInput, payload)
  const known = context.records.find(sessions, { id: ask.id })
  if (known !== null) return touchSession(context, belongsTo(known, ask.customer))
  const session: Session = {
    id: ask.id,
    customer: ask.customer,
    channel: ask.channel ?? 'h5',
    rep: ask.rep ?? null,
    openedAt: context.now,
    lastActivityAt: context.now,
    closedAt: null,
    closedReason: null,
    mask: 0,
    cutMask: 0,
  }
  context.records.insert(sessions, session)
  armIdleTimer(context, session)
  return session
}

function touchSession(context: WriteContext, session: Session): Session {
  if (session.closedAt !== null) return session
  context.records.update(sessions, { id: session.id }, { lastActivityAt: context.now })
  armIdleTimer(context, session)
  return { ...session, lastActivityAt: context.now }
}

export function closeSession(context: WriteContext, payload: { readonly id: string; readonly reason?: string }): boolean {
  const session = context.records.find(sessions, { id: payload.id })
  if (session === null || session.closedAt !== null) return false
  context.raiseFence(session.customer)
  context.records.update(sessions, { id: session.id }, { closedAt: context.now, closedReason: payload.reason ?? 'closed' })
  context.unschedule(idleTimer(session.id))
  context.audit('consent.session-closed', { customer: session.customer, session: session.id })
  return true
}

/** The session of a grant or a cut; one nobody announced is opened by its first mention. */
export function sessionFor(context: WriteContext, id: string, customer: string): Session {
  const known = context.records.find(sessions, { id })
  return known === null ? openSession(context, { id, customer }) : belongsTo(known, customer)
}

export function refreshSessionMask(context: WriteContext, session: Session): void {
  let mask = 0
  for (const record of givenOf(context.records, session.customer)) if (record.session === session.id) mask |= bitOf(record)
  context.records.update(sessions, { id: session.id }, { mask })
}

function belongsTo(session: Session, customer: string): Session {
  if (session.customer === customer) return session
  throw problem('SLU_CONSENT_SESSION_FOREIGN', 409, 'The session belongs to another customer', [
    { path: '/session', message: 'belongs to another customer' },
  ])
}

function armIdleTimer(context: WriteContext, session: Session): void {
  const idle = idleAfterMs[session.channel as SessionChannel] ?? null
  if (idle === null) return
  context.schedule({
    key: idleTimer(session.id),
    command: 'consent.session-close',
    dueAt: context.now + idle,
    payload: { id: session.id, reason: 'idle' },
  })
}

function idleTimer(id: string): string {
  return `consent.session-idle:${id}`
}
