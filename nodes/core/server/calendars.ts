import { type WorkingCalendar, workingCalendar, workingCalendars } from '@sluice/sdk'
import { problem, type RecordsReader, type Route, type RouteRequest, type WriteContext } from '@sluice/sdk/server'
import { type Static, Type } from 'typebox'
import { CalendarBody, calendarFlaws, calendarId, calendarLimits, calendarOf, isShipped } from '../domain/calendar.ts'
import { readCalendarFile } from '../domain/calendar-file.ts'
import { rearmSchedules } from './schedule.ts'
import { calendars } from './tables.ts'

/** Tells packs that count in working time; whoever armed something by a calendar does so anew. */
const calendarChangedType = 'sluice.calendar.changed'

/** A calendar that ships, or one of the workspace. */
export function findCalendar(records: RecordsReader, id: string): WorkingCalendar | null {
  return workingCalendar(id) ?? records.find(calendars, { id })?.calendar ?? null
}

/** The calendars of the workspace as `core.calendar.save` takes them, for a simulation to begin with. */
export function ownCalendars(records: RecordsReader): readonly (CalendarBody & { readonly id: string })[] {
  return records.list(calendars, { limit: calendarLimits.calendarsMax }).map(({ calendar }) => {
    const { id, label, timeZone, weekdays, hours, holidays, shifted } = calendar
    return {
      id,
      label,
      timeZone,
      weekdays: [...weekdays],
      hours: hours.map(([from, to]) => [from, to]),
      holidays: [...holidays],
      shifted: [...shifted],
    }
  })
}

/** Command `core.calendar.find { id }`, for other packs. */
export function tellCalendar(context: WriteContext, { id }: { readonly id: string }): WorkingCalendar | null {
  return findCalendar(context.records, id)
}

/** Command `core.calendar.save { id, …body }`. What waits already keeps its instant; schedules count anew. */
export function saveCalendar(context: WriteContext, { id, ...body }: CalendarBody & { readonly id: string }): WorkingCalendar {
  const flaws = calendarFlaws(body)
  if (!calendarId.test(id)) throw problem('SLU_CALENDAR_INVALID', 422, `“${id}” is no name for a calendar: small letters, digits and -`)
  if (isShipped(id)) throw problem('SLU_CALENDAR_SHIPPED', 409, `Calendar ${id} ships with the product; keep yours under another name`)
  if (flaws.length > 0) throw problem('SLU_CALENDAR_INVALID', 422, 'The calendar cannot be used', flaws)
  const before = context.records.find(calendars, { id })
  if (before === null && context.records.count(calendars) >= calendarLimits.calendarsMax)
    throw problem('SLU_CALENDAR_LIMIT', 409, `There are ${calendarLimits.calendarsMax} calendars already; remove one first`)
  const calendar = calendarOf(id, body)
  context.records.upsert(calendars, { id, calendar, updatedAt: context.now })
  context.audit('core.calendar-saved', { calendar: id }, { holidays: calendar.holidays.length, shifted: calendar.shifted.length })
  changed(context, id)
  return calendar
}

/** Command `core.calendar.remove { id }`. Steps that name it fail with its name from now on. */
export function removeCalendar(context: WriteContext, { id }: { readonly id: string }): void {
  if (isShipped(id)) throw problem('SLU_CALENDAR_SHIPPED', 409, `Calendar ${id} ships with the product and cannot be removed`)
  if (context.records.delete(calendars, { id }) === 0) throw unknown(id)
  context.audit('core.calendar-removed', { calendar: id })
  changed(context, id)
}

function changed(context: WriteContext, id: string): void {
  rearmSchedules(context, id)
  context.emit({ source: '/sluice/core', type: calendarChangedType, data: { calendar: id } })
}

function unknown(id: string) {
  return problem('SLU_CALENDAR_UNKNOWN', 404, `No calendar ${id}`)
}

const FileBody = Type.Object({ text: Type.String({ maxLength: calendarLimits.fileCharsMax }) }, { additionalProperties: false })

function named({ params }: RouteRequest): string {
  const { id = '' } = params
  if (!calendarId.test(id)) throw unknown(id.slice(0, 64))
  return id
}

export const calendarRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/calendars',
    permission: 'flows.read',
    summary: 'Working calendars: those that ship and those of the workspace',
    pagedBy: 'id',
    handle(_, { records }) {
      const own = records.list(calendars, { orderBy: [['id', 'asc']], limit: calendarLimits.calendarsMax })
      const items = [
        ...workingCalendars.map((calendar) => ({ ...calendar, shipped: true })),
        ...own.map(({ calendar }) => ({ ...calendar, shipped: false })),
      ]
      return { body: { items } }
    },
  },
  {
    method: 'PUT',
    path: '/calendars/:id',
    permission: 'settings.write',
    summary: 'Keep a working calendar of the workspace',
    body: CalendarBody,
    async handle(request, host) {
      const body = request.body as CalendarBody
      return { body: await host.command('core.calendar.save', { ...body, id: named(request) }, request.caller) }
    },
  },
  {
    method: 'DELETE',
    path: '/calendars/:id',
    permission: 'settings.write',
    summary: 'Remove a working calendar of the workspace',
    async handle(request, host) {
      await host.command('core.calendar.remove', { id: named(request) }, request.caller)
      return { status: 204 }
    },
  },
  {
    method: 'POST',
    path: '/calendars/read-file',
    permission: 'settings.write',
    summary: 'Holidays and shifted workdays of a CSV or JSON file; keeps nothing',
    body: FileBody,
    handle(request) {
      const read = readCalendarFile((request.body as Static<typeof FileBody>).text)
      if (read.ok) return { body: { holidays: read.holidays, shifted: read.shifted } }
      const where = read.line === null ? '' : `line ${read.line}: `
      throw problem('SLU_CALENDAR_FILE', 422, `${where}${read.says}`)
    },
  },
]
