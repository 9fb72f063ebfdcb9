import type { FlowEvent } from '@sluice/sdk'
import { problem, type ReceivedEvent, type WriteContext } from '@sluice/sdk/server'
import { Type } from 'typebox'
import { decide } from './grant.ts'
import { CellInput, DecisionInput, Id, instant, read } from './input.ts'
import { closeSession, openSession } from './sessions.ts'
import { withdraw } from './withdrawal/withdraw.ts'

/** Events of preference pages and channels that act on consent itself, in the transaction of their intake. */
export const consumers = {
  'consent.revocation.requested': 'consent.on-revocation',
  'consent.decision.submitted': 'consent.on-decision',
  'session.opened': 'consent.on-session-opened',
  'session.closed': 'consent.on-session-closed',
} as const

const Revocation = Type.Object({
  scope: Type.Optional(
    Type.Object({
      kind: Type.Optional(Type.String({ maxLength: 32 })),
      sessionId: Type.Optional(Id),
      categories: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 64 })),
    }),
  ),
  cells: Type.Optional(Type.Array(CellInput, { maxItems: 28 })),
  occurredAt: Type.Optional(Type.String({ maxLength: 40 })),
  language: Type.Optional(Type.String({ minLength: 2, maxLength: 35 })),
})

const Submission = Type.Object({
  noticeServedId: Type.Optional(Id),
  act: Type.Optional(Type.String({ maxLength: 32 })),
  decisions: Type.Array(DecisionInput, { minItems: 1, maxItems: 28 }),
  bundleOfferId: Type.Optional(Id),
  language: Type.Optional(Type.String({ minLength: 2, maxLength: 35 })),
})

/** `sub:c-1001` and `c-1001` name the same customer. */
function customerOf(event: FlowEvent): string {
  const subject = event.subject ?? ''
  const id = subject.startsWith('sub:') ? subject.slice(4) : subject
  if (id === '')
    throw problem('SLU_CONSENT_INPUT_INVALID', 422, 'The event names no customer', [
      { path: '/subject', message: 'must name the customer' },
    ])
  return id
}

export function onRevocation(context: WriteContext, event: ReceivedEvent): unknown {
  const data = read(Revocation, event.data)
  const session = data.scope?.sessionId
  const everything = data.scope?.kind === 'all'
  return withdraw(context, {
    customer: customerOf(event),
    ...(data.cells === undefined ? {} : { cells: data.cells }),
    ...(session === undefined ? {} : { session }),
    ...(everything ? { all: true } : {}),
    ...(data.scope?.categories === undefined ? {} : { categories: data.scope.categories }),
    channel: event.source.slice(0, 64),
    receivedAt: event.receivedAt,
    ...(data.occurredAt === undefined ? {} : { occurredAt: instant(data.occurredAt, '/data/occurredAt') }),
    ...(data.language === undefined ? {} : { language: data.language }),
    sourceKey: `event:${event.source}:${event.id}`.slice(0, 600),
  })
}

export function onDecision(context: WriteContext, event: FlowEvent): unknown {
  const data = read(Submission, event.data)
  return decide(context, {
    customer: customerOf(event),
    decisions: data.decisions,
    act: data.act ?? 'button',
    language: data.language ?? 'en',
    channel: event.source.slice(0, 64),
    ...(data.noticeServedId === undefined ? {} : { notice: data.noticeServedId }),
    ...(data.bundleOfferId === undefined ? {} : { bundleOffer: data.bundleOfferId }),
    requestKey: `event:${event.source}:${event.id}`.slice(0, 400),
  })
}

const SessionEvent = Type.Object({
  id: Id,
  channel: Type.Optional(Type.String()),
  rep: Type.Optional(Type.Union([Id, Type.Null()])),
  reason: Type.Optional(Type.String({ maxLength: 64 })),
})

export function onSessionOpened(context: WriteContext, event: FlowEvent): unknown {
  const { id, channel, rep } = read(SessionEvent, event.data)
  return openSession(context, {
    id,
    customer: customerOf(event),
    ...(channel === undefined ? {} : { channel }),
    ...(rep === undefined ? {} : { rep }),
  })
}

export function onSessionClosed(context: WriteContext, event: FlowEvent): unknown {
  const { id, reason } = read(SessionEvent, event.data)
  return closeSession(context, { id, reason: reason ?? 'closed' })
}
