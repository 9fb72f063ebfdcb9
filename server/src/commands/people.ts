import { isAddressed } from '@sluice/sdk'
import type { WriteContext } from '@sluice/sdk/server'
import { type UserRow, users } from './tables.ts'

/** Command `people.find { address }` → user ids of the active people it means. Packs ask it before they wait for somebody. */
export function findPeople(context: WriteContext, { address }: { readonly address: string }): readonly string[] {
  return context.records
    .list(users, { where: { active: true }, limit: 100_000 })
    .filter(({ id, name, roles, rep }) => isAddressed(address, { id, name, roles, rep }))
    .map(({ id }) => id)
}

/** Command `people.named { address }` → the person, active or not, that an id or a rep id means. */
export function namedPerson(
  context: WriteContext,
  { address }: { readonly address: string },
): { readonly person: { readonly id: string; readonly rep: string | null } | null } {
  const isMeant = ({ id, name, rep }: UserRow) => isAddressed(address, { id, name, roles: [], rep })
  const row = context.records.find(users, { id: address }) ?? context.records.list(users, { limit: 100_000 }).find(isMeant)
  return { person: row === undefined ? null : { id: row.id, rep: row.rep } }
}
