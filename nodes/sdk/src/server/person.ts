import type { Person } from '../audience.ts'
import type { Caller } from './pack-server.ts'

/** The caller as a person that commands can be told of. */
export function personOf({ actor, name, roles, rep, behindRep }: Caller): Person {
  const behind = actor.behind === undefined ? {} : { behind: actor.behind }
  return { id: actor.id, name, roles, rep, ...behind, ...(behindRep === undefined ? {} : { behindRep }) }
}

/** A rep or a manager and nothing more: knows their own customers, a manager also those of the reps they lead, and nobody else's. */
export function knowsOwnOnly({ rep, roles }: Pick<Caller, 'rep' | 'roles'>): boolean {
  return rep !== null && roles.every((role) => role === 'rep' || role === 'manager')
}
