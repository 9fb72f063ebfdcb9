import { isAddressed } from '@sluice/sdk'
import type { WriteContext } from '@sluice/sdk/server'
import { users } from './tables.ts'

/** Command `people.find { address }` → user ids of the active people it means. Packs ask it before they wait for somebody. */
export function findPeople(context: WriteContext, { address }: { readonly address: string }): readonly string[] {
  return context.records
    .list(users, { where: { active: true }, limit: 100_000 })
    .filter(({ id, name, roles, rep }) => isAddressed(address, { id, name, roles, rep }))
    .map(({ id }) => id)
}
