import { isAddressed } from '@sluice/sdk'
import { type Caller, personOf, type Where } from '@sluice/sdk/server'
import type { TaskRow } from '../domain/tables.ts'

/** Reps see what is assigned to them; whoever may look at runs sees that tasks exist, though not what they show. */
export function visibleWhere(caller: Caller, mine: boolean): Where<TaskRow> {
  return mine || ownOnly(caller) ? { assignee: { in: addressesOf(caller) } } : {}
}

export function isVisible(task: TaskRow, caller: Caller): boolean {
  return !ownOnly(caller) || isAddressed(task.assignee, personOf(caller)) || task.answeredBy === caller.actor.id
}

function ownOnly(caller: Caller): boolean {
  return !caller.may('runs.read') || caller.roles.every((role) => role === 'rep')
}

function addressesOf({ actor, rep, roles }: Caller): readonly string[] {
  const ids = [actor.id, ...(rep === null ? [] : [rep]), ...roles]
  return [...ids, `user:${actor.id}`, ...(rep === null ? [] : [`rep:${rep}`]), ...roles.map((role) => `role:${role}`)]
}
