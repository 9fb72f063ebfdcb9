import type { Caller } from '@sluice/sdk/server'
import { permissionsOf } from '../policy/roles.ts'

export interface CallerInput {
  readonly actor: Caller['actor']
  readonly name: string
  readonly roles: readonly string[]
  readonly rep: string | null
  readonly behindRep?: string
}

export function makeCaller({ actor, name, roles, rep, behindRep }: CallerInput): Caller {
  const permissions = permissionsOf(roles)
  return { actor, name, roles, rep, ...(behindRep === undefined ? {} : { behindRep }), may: (permission) => permissions.has(permission) }
}

/** Nobody in particular: what public routes see. */
export const anonymous: Caller = {
  actor: { kind: 'system', id: 'anonymous' },
  name: '',
  roles: [],
  rep: null,
  may: (permission) => permission === 'public',
}

/** Who acts when Sluice itself does, at its start. */
export const systemStart = 'start'
