import { isAddressed, type Person } from '@sluice/sdk'
import { type Caller, knowsOwnOnly, personOf, type Where } from '@sluice/sdk/server'
import { type Covered, mayAnswer } from '../domain/may.ts'
import type { TaskRow } from '../domain/tables.ts'

/** Reps see what is assigned to them; whoever may look at runs sees that tasks exist, though not what they show. */
export function visibleWhere(caller: Caller, mine: boolean, covered: Covered): Where<TaskRow> {
  return mine || ownOnly(caller) ? { assignee: { in: [...addressesOf(caller), ...covered.flatMap(({ addresses }) => addresses)] } } : {}
}

/** What this person sent in and still waits for. */
export function sentWhere(caller: Caller): Where<TaskRow> {
  return { sender: { in: addressesOf(caller) }, kind: { in: ['task', 'veto'] } }
}

export function isVisible(task: TaskRow, caller: Caller, covered: Covered): boolean {
  const person = personOf(caller)
  return !ownOnly(caller) || mayAnswer(task, person, covered) || task.answeredBy === caller.actor.id || isSender(task, person)
}

function isSender(task: TaskRow, person: Person): boolean {
  return isAddressed(task.sender ?? null, person)
}

function ownOnly(caller: Caller): boolean {
  return !caller.may('runs.read') || knowsOwnOnly(caller)
}

function addressesOf({ actor, rep, roles }: Caller): readonly string[] {
  const ids = [actor.id, ...(rep === null ? [] : [rep]), ...roles]
  return [...ids, `user:${actor.id}`, ...(rep === null ? [] : [`rep:${rep}`]), ...roles.map((role) => `role:${role}`)]
}
