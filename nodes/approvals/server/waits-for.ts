import { isAddressed, type Person } from '@sluice/sdk'
import type { RecordsReader } from '@sluice/sdk/server'
import { isOwn, standingOf } from '../domain/may.ts'
import { type TaskRow, tasks } from '../domain/tables.ts'
import { activeAbsences } from './covered.ts'

/** A task that waits, and for whom: no word of what it is about. */
export interface Waiting {
  readonly kind: TaskRow['kind']
  readonly assignee: string
  readonly dueAt: number | null
  readonly createdAt: number
  /** It was passed on at least once. */
  readonly isHandedOver: boolean
  /** Ids of those it was given to, and of their deputies; not of whoever could only step in, and nobody whose own work it is. */
  readonly people: readonly string[]
}

/** Null: nobody is waited for, or somebody works on it already. */
export function waitsFor(records: RecordsReader, id: string, people: readonly Person[], now: number): Waiting | null {
  const task = records.find(tasks, { id })
  if (task === null || task.state !== 'open' || task.claimedBy !== null || (task.dueAt !== null && task.dueAt <= now)) return null
  // Read once for everybody: usually nobody is away.
  const away = activeAbsences(records, now).filter(({ addresses }) => addresses.includes(task.assignee))
  const isMeant = (person: Person) => {
    const covered = away.filter((row) => row.person !== person.id && isAddressed(row.deputy, person))
    if (!isAddressed(task.assignee, person) && covered.length === 0) return false
    const standing = standingOf(task, person, covered)
    return standing !== null && !isOwn(task, person, standing)
  }
  const { kind, assignee, dueAt, createdAt, heldBy } = task
  return {
    kind,
    assignee,
    dueAt,
    createdAt,
    isHandedOver: (heldBy ?? []).length > 0,
    people: people.filter(isMeant).map((person) => person.id),
  }
}
