import { hasRealDay } from '@sluice/sdk'
import { type Caller, personOf, problem, type Route } from '@sluice/sdk/server'
import { Type } from 'typebox'
import { type AbsenceRow, absences, switches } from '../domain/tables.ts'
import { absencesMax } from './covered.ts'
import { isOn, switchNames } from './switches.ts'
import { iso } from './task-view.ts'

const closed = { additionalProperties: false }
const address = Type.String({ minLength: 1, maxLength: 200 })
const instant = Type.String({ minLength: 10, maxLength: 40 })

export const absenceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/absences',
    permission: 'tasks.read',
    summary: 'Who is away or will be: one’s own, and everybody’s for an admin',
    pagedBy: 'id',
    handle: ({ caller }, { records, now }) => {
      const rows = records
        .list(absences, { where: { until: { gt: now() } }, orderBy: [['from', 'asc']], limit: absencesMax })
        .filter((row) => row.endedAt === null && maySee(row, caller))
      return { body: { items: rows.map((row) => absenceView(row)) } }
    },
  },
  {
    method: 'POST',
    path: '/absences',
    permission: 'tasks.answer',
    summary: 'Be away between two instants; a deputy answers meanwhile. Set by an admin it also holds for money',
    body: Type.Object(
      {
        person: Type.Optional(address),
        rep: Type.Optional(address),
        deputy: address,
        from: instant,
        until: instant,
        reason: Type.Optional(Type.String({ maxLength: 500 })),
      },
      closed,
    ),
    handle: async ({ body, caller }, host) => {
      const { from, until, ...rest } = body as { readonly from: string; readonly until: string; readonly deputy: string }
      const ask = { ...rest, from: instantOf(from, '/from'), until: instantOf(until, '/until'), by: personOf(caller) }
      return { status: 201, body: absenceView(await host.command<AbsenceRow>('absences.set', ask, caller)) }
    },
  },
  {
    method: 'POST',
    path: '/absences/:id/end',
    permission: 'tasks.answer',
    summary: 'Back early: the deputy no longer answers',
    handle: async ({ params, caller }, host) => {
      return { body: absenceView(await host.command<AbsenceRow>('absences.end', { absence: params.id, by: personOf(caller) }, caller)) }
    },
  },
  {
    method: 'GET',
    path: '/approvals/switches',
    permission: 'tasks.read',
    summary: 'Switches that hold in every flow',
    pagedBy: 'name',
    handle: (_request, { records }) => {
      const items = switchNames.map((name) => {
        const row = records.find(switches, { name })
        return { name, on: isOn(records, name), by: row?.by ?? null, at: iso(row?.at ?? null) }
      })
      return { body: { items } }
    },
  },
  {
    method: 'PUT',
    path: '/approvals/switches/:name',
    permission: 'settings.write',
    summary: 'Turn a switch on or off for every flow',
    body: Type.Object({ on: Type.Boolean() }, closed),
    handle: async ({ params, body, caller }, host) => {
      const { on } = body as { readonly on: boolean }
      const row = await host.command<{ readonly name: string; readonly on: boolean; readonly at: number; readonly by: string }>(
        'approvals.switch',
        { name: params.name, on, by: personOf(caller) },
        caller,
      )
      return { body: { name: row.name, on: row.on, by: row.by, at: iso(row.at) } }
    },
  },
]

function absenceView({ addresses, ...row }: AbsenceRow) {
  return { ...row, from: iso(row.from), until: iso(row.until), createdAt: iso(row.createdAt), endedAt: iso(row.endedAt) }
}

function maySee(row: AbsenceRow, caller: Caller): boolean {
  return caller.roles.includes('admin') || row.person === caller.actor.id || row.createdBy === caller.actor.id
}

function instantOf(text: string, path: string): number {
  const at = hasRealDay(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at))
    throw problem('SLU_ABSENCE_DATES', 422, 'Not an instant', [{ path, message: 'ISO 8601, such as 2026-03-02T09:00:00Z' }])
  return at
}
