import { type Caller, knowsOwnOnly, type RecordsReader } from '@sluice/sdk/server'
import type { Reader } from '../domain/view.ts'
import { reps } from './tables.ts'

/** Reps one manager leads; of more, those with the smallest ids count. */
const teamMax = 500

/**
 * How a signed-in person or token sees customer data. Someone who is a rep and nothing more sees only their own customers, a manager
 * those of the reps they lead as well; `owners` names whose, oneself first.
 */
export function readerOf(caller: Caller, records: RecordsReader): Reader & { readonly owners: readonly string[] | null } {
  const { rep, roles } = caller
  if (rep !== null && knowsOwnOnly(caller)) {
    const led = roles.includes('manager') ? records.list(reps, { where: { manager: rep }, orderBy: [['id', 'asc']], limit: teamMax }) : []
    return { kind: 'rep', owners: [rep, ...led.map(({ id }) => id).filter((id) => id !== rep)] }
  }
  if (roles.includes('admin')) return { kind: 'full', owners: null }
  return { kind: rep === null ? 'masked' : 'rep', owners: null }
}

export function isAmong(owners: readonly string[], owner: string | null | undefined): boolean {
  return owner != null && owners.includes(owner)
}
