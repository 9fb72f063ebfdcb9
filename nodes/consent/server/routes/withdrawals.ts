import { cursorOf, knowsOwnOnly, problem, type Route, type RouteHost, type RouteRequest } from '@sluice/sdk/server'
import { Type } from 'typebox'
import { receiptPublicKey } from '../receipt-key.ts'
import { type Withdrawal, withdrawals } from '../tables.ts'
import { stepsOf } from '../withdrawal/steps.ts'
import { visibleCustomer } from './consents.ts'
import { withdrawalView } from './views.ts'

const pageMax = 200

export const withdrawalRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/withdrawals',
    permission: 'withdrawals.read',
    summary: 'Withdrawals, newest first, each with its clock and steps',
    query: Type.Object(
      {
        customer: Type.Optional(Type.String({ maxLength: 128 })),
        state: Type.Optional(Type.String({ maxLength: 32 })),
        limit: Type.Optional(Type.String({ pattern: '^(?:1000|[1-9][0-9]{0,2})$' })),
        cursor: Type.Optional(Type.String({ maxLength: 128 })),
      },
      { additionalProperties: false },
    ),
    handle: listWithdrawals,
  },
  {
    method: 'GET',
    path: '/withdrawals/receipt-key',
    permission: 'withdrawals.read',
    summary: 'Public key that verifies receipts (JWK set)',
    handle: () => ({ body: { keys: [{ ...receiptPublicKey(), alg: 'EdDSA', use: 'sig' }] } }),
  },
  {
    method: 'GET',
    path: '/withdrawals/:id',
    permission: 'withdrawals.read',
    summary: 'One withdrawal: the clock, its steps, what was stopped, what had already left, the signed receipt',
    handle: getWithdrawal,
  },
]

async function listWithdrawals(request: RouteRequest, host: RouteHost) {
  const { customer, state } = request.query
  const cursor = cursorOf(host.records, withdrawals, request.query)
  const limit = Math.min(Math.max(1, Number(request.query.limit ?? 50)), pageMax)
  const own = knowsOwnOnly(request.caller)
  const rows = host.records.list(withdrawals, {
    where: {
      ...(customer === undefined ? {} : { customer }),
      ...(state === undefined ? {} : { state: state as Withdrawal['state'] }),
      ...(cursor === null ? {} : { id: { lt: cursor } }),
    },
    orderBy: [['id', 'desc']],
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  const visible: Withdrawal[] = []
  for (const it of page) if (!own || (await isVisible(request, host, it.customer))) visible.push(it)
  return {
    body: {
      items: visible.map((it) => withdrawalView(it, stepsOf(host.records, it.id), request.language, host.now())),
      next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    },
  }
}

async function getWithdrawal(request: RouteRequest, host: RouteHost) {
  const id = request.params.id ?? ''
  const it = host.records.find(withdrawals, { id })
  if (it === null || (knowsOwnOnly(request.caller) && !(await isVisible(request, host, it.customer))))
    throw problem('SLU_WITHDRAWAL_UNKNOWN', 404, `No withdrawal ${id}`)
  return { body: withdrawalView(it, stepsOf(host.records, id), request.language, host.now()) }
}

async function isVisible(request: RouteRequest, host: RouteHost, customer: string): Promise<boolean> {
  try {
    await visibleCustomer(request, host, customer)
    return true
  } catch {
    return false
  }
}
