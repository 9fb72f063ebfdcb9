import type { Person } from '@sluice/sdk'
import { problem, type WriteContext } from '@sluice/sdk/server'
import { type AbsenceRow, absences } from '../domain/tables.ts'
import { absencesMax } from './covered.ts'
import { knownPerson } from './known-person.ts'

const longestMs = 366 * 86_400_000

export interface NewAbsence {
  /** Somebody else's, by an admin: their id, or their rep id. */
  readonly person?: string
  /** Their rep id where no list of people knows it. */
  readonly rep?: string
  readonly deputy: string
  readonly from: number
  readonly until: number
  readonly reason?: string
  readonly by: Person
}

/** Command `absences.set`: between these dates the deputy answers too. Set by an admin it also holds for money. */
export function setAbsence(context: WriteContext, ask: NewAbsence): AbsenceRow {
  const { by, deputy, from, until } = ask
  const isAdmin = by.roles.includes('admin')
  if (ask.person !== undefined && ask.person !== by.id && !isAdmin)
    throw problem('SLU_ABSENCE_NOT_YOURS', 403, 'Only an admin sets the absence of somebody else')
  if (!(until > from && until > context.now && until - from <= longestMs))
    throw problem('SLU_ABSENCE_DATES', 422, 'An absence ends after it begins, in the future, within a year', [
      { path: '/until', message: 'after from, in the future, within a year' },
    ])
  const { person, reps } = awayOf(context, ask)
  const addresses = [person, `user:${person}`, ...reps.flatMap((rep) => [rep, `rep:${rep}`])]
  if (addresses.includes(deputy))
    throw problem('SLU_ABSENCE_DEPUTY', 422, 'Nobody stands in for themselves', [{ path: '/deputy', message: 'somebody else' }])
  if (context.records.count(absences, { until: { gt: context.now } }) >= absencesMax)
    throw problem('SLU_ABSENCE_LIMIT', 409, `At most ${absencesMax} absences that have not ended`)
  const row: AbsenceRow = {
    id: context.newId(),
    person,
    addresses,
    deputy,
    from,
    until,
    reason: ask.reason ?? '',
    byAdmin: isAdmin,
    createdBy: by.id,
    createdAt: context.now,
    endedAt: null,
  }
  context.records.insert(absences, row)
  context.audit('absence.set', { absence: row.id, person, deputy, by: by.id }, { from, until })
  context.notify('tasks', { absence: row.id })
  return row
}

/** By every name: a deputy must not sign in the place of an author whom the task calls by their rep id. */
function awayOf(context: WriteContext, { person, rep, by }: NewAbsence): { readonly person: string; readonly reps: readonly string[] } {
  if (person === undefined || person === by.id) return { person: by.id, reps: by.rep === null ? [] : [by.rep] }
  const known = knownPerson(context, person)
  if (known === undefined)
    throw problem('SLU_ABSENCE_PERSON', 422, 'Nobody has this id', [{ path: '/person', message: 'the id of a user, or their rep id' }])
  const reps = [rep, known?.rep].filter((id) => id != null)
  return { person: known?.id ?? person, reps: [...new Set(reps)] }
}

/** Command `absences.end`: back early. */
export function endAbsence(context: WriteContext, { absence: id, by }: { readonly absence: string; readonly by: Person }): AbsenceRow {
  const row = context.records.find(absences, { id })
  if (row === null || row.endedAt !== null) throw problem('SLU_ABSENCE_UNKNOWN', 404, `No absence ${id}`)
  if (row.person !== by.id && !by.roles.includes('admin'))
    throw problem('SLU_ABSENCE_NOT_YOURS', 403, 'Only who is away, or an admin, ends an absence')
  const ended: AbsenceRow = { ...row, endedAt: context.now }
  context.records.upsert(absences, ended)
  context.audit('absence.ended', { absence: id, person: row.person, by: by.id })
  context.notify('tasks', { absence: id })
  return ended
}
