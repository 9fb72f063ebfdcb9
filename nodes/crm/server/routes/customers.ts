import { problem, type Route, type RouteHost, type RouteRequest, type SluiceProblem } from '@sluice/sdk/server'
import { Type } from 'typebox'
import { fieldsByName } from '../catalogue.ts'
import { getCustomer } from '../customers.ts'
import { ChangeBody, type CreateBody, CreateBody as CreateSchema, RepBody } from '../input.ts'
import { isAmong, readerOf } from '../reader.ts'
import { type Customer, customers, reps } from '../tables.ts'
import { viewCustomer } from '../view.ts'

const pageMax = 500

export const customerRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/customers',
    permission: 'customers.read',
    summary: 'Customers this reader may see, by id; fields they may not see are masked',
    query: Type.Object(
      {
        query: Type.Optional(Type.String({ maxLength: 200 })),
        owner: Type.Optional(Type.String({ maxLength: 128 })),
        limit: Type.Optional(Type.String({ pattern: '^(?:1000|[1-9][0-9]{0,2})$' })),
        cursor: Type.Optional(Type.String({ maxLength: 128 })),
      },
      { additionalProperties: false },
    ),
    handle: listCustomers,
  },
  {
    method: 'GET',
    path: '/customers/:id',
    permission: 'customers.read',
    summary: 'One customer as this reader may see them',
    handle: oneCustomer,
  },
  { method: 'POST', path: '/customers', permission: 'customers.write', summary: 'Enter a customer', body: CreateSchema, handle: create },
  {
    method: 'PATCH',
    path: '/customers/:id',
    permission: 'customers.write',
    summary: 'Change a customer; a frozen field answers 423',
    body: ChangeBody,
    handle: change,
  },
  { method: 'GET', path: '/reps', permission: 'customers.read', summary: 'Sales reps', pagedBy: 'id', handle: listReps },
  { method: 'POST', path: '/reps', permission: 'users.manage', summary: 'Enter or change a rep', body: RepBody, handle: saveRep },
]

function listCustomers(request: RouteRequest, host: RouteHost) {
  const reader = readerOf(request.caller, host.records)
  const { query, cursor } = request.query
  const { owner } = request.query
  const limit = Math.min(Math.max(1, Number(request.query.limit ?? 50)), pageMax)
  const rows = host.records.list(customers, {
    where: {
      ...ownedBy(owner, reader.owners),
      // Someone who sees names masked must not find them letter by letter.
      ...(query === undefined || query === '' ? {} : reader.kind === 'masked' ? { id: query } : { name: { contains: query } }),
      ...(cursor === undefined ? {} : { id: { gt: cursor } }),
    },
    orderBy: [['id', 'asc']],
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  const catalogue = fieldsByName(host.records)
  return {
    body: {
      items: page.map((it) => viewCustomer(host.records, it, reader, catalogue)),
      next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    },
  }
}

/** Of those one may see; asking for somebody else's gives none of them. */
function ownedBy(owner: string | undefined, owners: readonly string[] | null) {
  if (owners === null) return owner === undefined ? {} : { owner }
  return { owner: { in: owner === undefined ? owners : owners.filter((one) => one === owner) } }
}

/** Whom a new customer belongs to: whoever enters them, unless a manager names somebody of the team. */
function ownerAmong(asked: string | null | undefined, owners: readonly string[]): string | null {
  return isAmong(owners, asked) ? (asked ?? null) : (owners[0] ?? null)
}

function oneCustomer(request: RouteRequest, host: RouteHost) {
  const customer = visible(request, host)
  return answer(request, host, customer, 200)
}

async function create(request: RouteRequest, host: RouteHost) {
  const reader = readerOf(request.caller, host.records)
  const body = request.body as CreateBody
  const { id } = await host.command<{ id: string }>(
    'crm.create-customer',
    {
      ...body,
      language: body.language ?? request.language,
      ...(reader.owners === null ? {} : { owner: ownerAmong(body.owner, reader.owners) }),
    },
    request.caller,
  )
  return answer(request, host, getCustomer(host.records, id), 201)
}

async function change(request: RouteRequest, host: RouteHost) {
  const { id, version: current } = visible(request, host)
  const version = askedVersion(request.headers['if-match'], current)
  try {
    await host.command('crm.change-customer', { id, change: request.body, version }, request.caller)
  } catch (error) {
    throw withBothVersions(error, request, host, id)
  }
  return answer(request, host, getCustomer(host.records, id), 200)
}

/** Null where none is asked for. A tag that was never ours asks for a version there is none of, so the change is refused. */
function askedVersion(header: string | undefined, current: number): number | null {
  if (header === undefined || header.trim() === '*') return null
  const asked = header.split(',').map((tag) => Number(/^\s*(?:W\/)?"v(\d+)"\s*$/.exec(tag)?.[1] ?? 0))
  return asked.includes(current) ? current : (asked[0] ?? 0)
}

/** A stale change is answered with the customer as it stands, for this reader, and with what was sent. */
function withBothVersions(error: unknown, request: RouteRequest, host: RouteHost, id: string): unknown {
  const { code, message, text } = error as Partial<SluiceProblem>
  if (code !== 'SLU_CRM_CHANGED') return error
  const { body, headers } = answer(request, host, getCustomer(host.records, id), 200)
  return problem(code, 412, text ?? message ?? '', [], {
    versions: { stored: { etag: headers.etag, customer: body }, sent: { customer: request.body } },
  })
}

function listReps(_: RouteRequest, host: RouteHost) {
  const rows = host.records.list(reps, { orderBy: [['id', 'asc']] })
  return { body: { items: rows.map((rep) => ({ ...rep, customers: host.records.count(customers, { owner: rep.id }) })) } }
}

async function saveRep(request: RouteRequest, host: RouteHost) {
  return { status: 201, body: await host.command('crm.save-rep', request.body, request.caller) }
}

function visible(request: RouteRequest, host: RouteHost): Customer {
  const id = request.params.id ?? ''
  const customer = host.records.find(customers, { id })
  const { owners } = readerOf(request.caller, host.records)
  if (customer === null || (owners !== null && !isAmong(owners, customer.owner)))
    throw problem('SLU_CUSTOMER_UNKNOWN', 404, `No customer ${id}`)
  return customer
}

function answer(request: RouteRequest, host: RouteHost, customer: Customer, status: number) {
  const view = viewCustomer(host.records, customer, readerOf(request.caller, host.records), fieldsByName(host.records))
  return {
    status,
    body: view,
    headers: { etag: `"v${customer.version}"`, ...(status === 201 ? { location: `/api/v1/customers/${customer.id}` } : {}) },
  }
}
