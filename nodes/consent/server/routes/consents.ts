import { knowsOwnOnly, problem, type Route, type RouteHost, type RouteRequest } from '@sluice/sdk/server'
import { type Static, Type } from 'typebox'
import { gridInSession } from '../../domain/session.ts'
import { checkUse } from '../check.ts'
import type { Decided } from '../grant.ts'
import { CheckBody, DecisionInput, GrantBody, Id, instant, WithdrawBody } from '../input.ts'
import { type CustomerBrief, subjectOf } from '../subject.ts'
import { consents, sessions } from '../tables.ts'
import type { Withdrawn } from '../withdrawal/withdraw.ts'
import { consentView, gridView, sessionView } from './views.ts'

const DecisionsBody = Type.Object(
  {
    customer: Id,
    decisions: Type.Array(DecisionInput, { minItems: 1, maxItems: 28 }),
    act: Type.Optional(GrantBody.properties.act),
    language: Type.Optional(Type.String({ maxLength: 35 })),
    bundleOffer: Type.Optional(Id),
    notice: Type.Optional(Id),
    id: Type.Optional(Id),
  },
  { additionalProperties: false },
)

export const consentRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/customers/:id/consents',
    permission: 'consents.read',
    summary: 'What a customer has agreed to: the grid, the records behind it, and the sessions',
    pagedBy: 'id',
    handle: listConsents,
  },
  {
    method: 'POST',
    path: '/consents',
    permission: 'consents.write',
    summary: 'Record a grant for one purpose and scene, standing or for one session',
    body: GrantBody,
    handle: grant,
  },
  {
    method: 'POST',
    path: '/consents/decisions',
    permission: 'consents.write',
    summary: 'Record all answers of one screen or bundle: one record per yes and no, one epoch step',
    body: DecisionsBody,
    handle: decideAll,
  },
  {
    method: 'POST',
    path: '/consents/withdraw',
    permission: 'consents.write',
    summary: 'Withdraw consent; the fence is up when this answers',
    body: WithdrawBody,
    handle: withdrawConsent,
  },
  {
    method: 'POST',
    path: '/consents/check',
    permission: 'consents.read',
    summary: 'May this data be used so, now, and why (not)',
    body: CheckBody,
    handle: checkConsent,
  },
]

async function listConsents(request: RouteRequest, host: RouteHost) {
  const customer = await visibleCustomer(request, host, request.params.id ?? '')
  const records = host.records.list(consents, {
    where: { customer: customer.id },
    orderBy: [
      ['epochAt', 'desc'],
      ['id', 'desc'],
    ],
    limit: 10_000,
  })
  const open = host.records.list(sessions, { where: { customer: customer.id }, orderBy: [['openedAt', 'desc']], limit: 100 })
  const subject = subjectOf(host.records, customer.id)
  return {
    body: {
      customer: customer.id,
      epoch: subject.epoch,
      mask: subject.standingMask,
      withdrawnCategories: subject.cutCategories,
      grid: gridView(records, subject, host.now()),
      sessions: open.map((it) => ({ ...sessionView(it), effectiveMask: gridInSession(subject.standingMask, it) })),
      items: records.map((it) => consentView(it, host.now())),
    },
  }
}

async function grant(request: RouteRequest, host: RouteHost) {
  const body = request.body as Static<typeof GrantBody>
  await assertReach(request, host, body.customer)
  const { id, validUntil, session, act, language, ...rest } = body
  const requestKey = id ?? request.headers['idempotency-key']
  const answer = await host.command<{ consent: string; epoch: number; repeated: boolean }>(
    'consent.grant',
    {
      ...rest,
      act: act ?? 'button',
      language: language ?? request.language,
      ...(typeof session === 'string' ? { session } : {}),
      ...(typeof validUntil === 'string' ? { validUntil: instant(validUntil, '/validUntil') } : {}),
      ...(requestKey === undefined ? {} : { requestKey: `route:${requestKey}` }),
    },
    request.caller,
  )
  return { status: answer.repeated ? 200 : 201, body: { consent: answer.consent, epoch: answer.epoch } }
}

async function decideAll(request: RouteRequest, host: RouteHost) {
  const { id, act, language, ...rest } = request.body as Static<typeof DecisionsBody>
  await assertReach(request, host, rest.customer)
  const requestKey = id ?? request.headers['idempotency-key']
  const answer = await host.command<Decided>(
    'consent.decide',
    {
      ...rest,
      act: act ?? 'button',
      language: language ?? request.language,
      ...(requestKey === undefined ? {} : { requestKey: `route:${requestKey}` }),
    },
    request.caller,
  )
  const { repeated, ...body } = answer
  return { status: repeated ? 200 : 201, body }
}

async function withdrawConsent(request: RouteRequest, host: RouteHost) {
  const { id, occurredAt, language, channel, ...rest } = request.body as Static<typeof WithdrawBody>
  await assertReach(request, host, rest.customer)
  const key = id ?? request.headers['idempotency-key']
  const answer = await host.command<Withdrawn>(
    'consent.withdraw',
    {
      ...rest,
      channel: channel ?? 'api',
      receivedAt: request.receivedAt,
      language: language ?? request.language,
      ...(occurredAt === undefined ? {} : { occurredAt: instant(occurredAt, '/occurredAt') }),
      ...(key === undefined ? {} : { sourceKey: `route:${rest.customer}:${key}` }),
    },
    request.caller,
  )
  return { status: 202, body: { withdrawal: answer.withdrawal, epoch: answer.epoch } }
}

async function checkConsent(request: RouteRequest, host: RouteHost) {
  const { customer, purpose, scene, session, channel } = request.body as Static<typeof CheckBody>
  await assertReach(request, host, customer)
  const answer = checkUse(
    host.records,
    { subject: customer, purpose, scene, session: session ?? null, ...(channel === undefined ? {} : { channel }) },
    host.now(),
  )
  return { body: answer }
}

/** The customer, if this caller may know of them: a rep sees their own, a manager those of the team, everybody else with the permission sees all. */
export async function visibleCustomer(request: RouteRequest, host: RouteHost, id: string): Promise<CustomerBrief> {
  const customer = await host.command<CustomerBrief | null>('crm.find-customer', { id }, request.caller)
  if (customer === null || !isTheirs(request, host, customer))
    throw problem('SLU_CUSTOMER_UNKNOWN', 404, `No customer ${id}`, [{ path: '/customer', message: 'unknown customer' }])
  return customer
}

/** Commands refuse unknown customers themselves; only a rep's reach has to be looked at before. */
async function assertReach(request: RouteRequest, host: RouteHost, id: string): Promise<void> {
  if (knowsOwnOnly(request.caller)) await visibleCustomer(request, host, id)
}

function isTheirs({ caller }: RouteRequest, host: RouteHost, { id, owner }: CustomerBrief): boolean {
  if (!knowsOwnOnly(caller) || owner === caller.rep) return true
  return caller.roles.includes('manager') && host.sight(caller).knows(id)
}
