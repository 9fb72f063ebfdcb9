/** Somebody signed in, as far as tasks and alerts need to know. */
export interface Person {
  /** User id. */
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
  /** CRM rep id when this user is a rep. */
  readonly rep: string | null
  /** Who made the token that speaks here: what it does is theirs too. Absent for people. */
  readonly behind?: string
  /** CRM rep id of that one, when they are a rep. */
  readonly behindRep?: string
}

/**
 * Whether something addressed `user:…`, `rep:…`, `role:…` or a bare id or role is meant for this person.
 * @example `isAddressed('role:admin', { id: 'u-1', name: 'Li', roles: ['admin'], rep: null }) // true`
 */
export function isAddressed(address: string | null, person: Person): boolean {
  if (address === null || address === '') return false
  const colon = address.indexOf(':')
  const kind = colon < 0 ? '' : address.slice(0, colon)
  const name = address.slice(colon + 1)
  if (kind === 'user') return name === person.id
  if (kind === 'rep') return person.rep !== null && name === person.rep
  if (kind === 'role') return person.roles.includes(name)
  return address === person.id || address === person.rep || person.roles.includes(address)
}
