import type { WriteContext } from '@sluice/sdk/server'
import { tryCommand } from './optional.ts'

export interface KnownPerson {
  readonly id: string
  readonly rep: string | null
}

/** Whom an id or a rep id means now. Undefined: nobody of that name; null: there is no list of people to ask. */
export function knownPerson(context: WriteContext, address: string): KnownPerson | null | undefined {
  const answer = tryCommand<{ readonly person: KnownPerson | null }>(context, 'people.named', { address })
  return answer === null ? null : (answer.person ?? undefined)
}
