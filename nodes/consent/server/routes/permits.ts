import { cursorOf, knowsOwnOnly, problem, type Route, type RouteHost, type RouteRequest } from '@sluice/sdk/server'
import { Type } from 'typebox'
import { Id, instant } from '../input.ts'
import { type Permit, permits } from '../tables.ts'
import { visibleCustomer } from './consents.ts'
import { iso } from './views.ts'

const pageMax = 200

/** “Show that nothing went out for this customer after that moment”: no items is the answer. */
export const permitRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/permits',
    permission: 'consents.read',
    summary: 'Leave given to outside acts, of a customer or of a run, newest first: on which consent, by which rules, and how it ended',
    query: Type.Object(
      {
        customer: Type.Optional(Id),
        run: Type.Optional(Id),
        since: Type.Optional(Type.String({ maxLength: 40 })),
        limit: Type.Optional(Type.String({ pattern: '^(?:1000|[1-9][0-9]{0,2})$' })),
        cursor: Type.Optional(Type.String({ maxLength: 128 })),
      },
      { additionalProperties: false },
    ),
    handle: listPermits,
  },
]

async function listPermits(request: RouteRequest, host: RouteHost) {
  const { customer, run, since } = request.query
  if (customer === undefined && run === undefined)
    throw problem('SLU_CONSENT_INPUT_INVALID', 422, 'Name a customer or a run', [
      { path: '/customer', message: 'a customer or a run is needed' },
    ])
  const cursor = cursorOf(host.records, permits, request.query)
  const limit = Math.min(Math.max(1, Number(request.query.limit ?? 50)), pageMax)
  const rows = host.records.list(permits, {
    where: {
      ...(customer === undefined ? {} : { customer }),
      ...(run === undefined ? {} : { run }),
      ...(since === undefined ? {} : { issuedAt: { gte: instant(since, '/since') } }),
      ...(cursor === null ? {} : { id: { lt: cursor } }),
    },
    orderBy: [['id', 'desc']],
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  const seen = await visibleOnes(request, host, page)
  return {
    body: {
      items: page.filter((row) => seen === null || seen.has(row.customer)).map(permitView),
      next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    },
  }
}

/** Null: all of them. */
async function visibleOnes(request: RouteRequest, host: RouteHost, page: readonly Permit[]): Promise<ReadonlySet<string> | null> {
  if (!knowsOwnOnly(request.caller)) return null
  const seen = new Set<string>()
  for (const customer of new Set(page.map((row) => row.customer))) {
    const found = await visibleCustomer(request, host, customer).catch(() => null)
    if (found !== null) seen.add(customer)
  }
  return seen
}

function permitView(it: Permit) {
  const { id, customer, run, node, effectKind, purpose, scene, session, channel, recipient, categories, policyHash, consent, state } = it
  return {
    id,
    customer,
    run,
    node,
    effectKind,
    purpose,
    scene,
    session,
    channel,
    recipient,
    categories: categories ?? [],
    policyHash,
    consent,
    epoch: it.epochSeen,
    issuedAt: iso(it.issuedAt),
    state,
    withdrawal: it.withdrawal,
  }
}
