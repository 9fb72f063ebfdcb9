import { isAddressed, type Person } from '@sluice/sdk'
import type { RecordsReader } from '@sluice/sdk/server'
import type { Covered } from '../domain/may.ts'
import { type AbsenceRow, absences } from '../domain/tables.ts'

/** Absences that may be on file at once. */
export const absencesMax = 1_000

/** Absences that are on now and whose deputy this person is. A deputy's own deputy is not asked: one step, so that it stays plain who answers. */
export function coveredBy(records: RecordsReader, person: Person, now: number): Covered {
  return activeAbsences(records, now).filter((row) => row.person !== person.id && isAddressed(row.deputy, person))
}

export function activeAbsences(records: RecordsReader, now: number): readonly AbsenceRow[] {
  return records
    .list(absences, { where: { until: { gt: now } }, limit: absencesMax })
    .filter(({ from, endedAt }) => from <= now && endedAt === null)
}
