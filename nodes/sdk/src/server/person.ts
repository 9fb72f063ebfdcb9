import type { Person } from '../audience.ts'
import type { Caller } from './pack-server.ts'

/** The caller as a person that commands can be told of. */
export function personOf({ actor, name, roles, rep }: Caller): Person {
  return { id: actor.id, name, roles, rep, ...(actor.behind === undefined ? {} : { behind: actor.behind }) }
}
