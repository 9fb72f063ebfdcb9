import type { WriteContext } from '@sluice/sdk/server'
import { refuse } from '../http/errors/refusal.ts'
import { permissionsOf, roleNames } from '../policy/roles.ts'
import { sessions, type UserRow, users } from './tables.ts'

export interface NewUser {
  readonly email: string
  readonly name: string
  readonly passwordHash: string
  readonly roles: readonly string[]
  readonly rep?: string | null
  readonly language?: 'en' | 'zh-CN'
  readonly demo?: boolean
  /** Roles of who asks; null: the system itself (command line, first start). */
  readonly grantor: readonly string[] | null
}

/** Command `users.create` → `{ id }`. */
export function createUser(context: WriteContext, user: NewUser): { readonly id: string } {
  assertGrantable(user.roles, user.grantor)
  const email = user.email.trim().toLowerCase()
  if (context.records.count(users, { email }) > 0) throw refuse('SLU_USER_EXISTS')
  const { name, passwordHash, roles, rep = null, language = 'en', demo = false } = user
  const id = context.newId()
  const at = context.now
  // The demo's people know their way; its analyst is who somebody signs in as to see how a flow is made, and is asked as they would be.
  const firstRun = demo && !roles.includes('analyst') ? 'answered' : 'due'
  const row = { id, email, name, passwordHash, roles, rep, language, active: true, demo, createdAt: at, updatedAt: at, firstRun } as const
  context.records.insert(users, row)
  context.audit('user.created', { user: id }, { roles: [...roles] })
  return { id }
}

/** Command `setup.complete`: the first admin, only while there is none. */
export function completeSetup(context: WriteContext, user: Omit<NewUser, 'roles' | 'grantor'>): { readonly id: string } {
  if (hasAdmin(context.records.list(users))) throw refuse('SLU_SETUP_DONE')
  return createUser(context, { ...user, roles: ['admin'], grantor: null })
}

export interface UserChange {
  readonly id: string
  readonly name?: string
  readonly roles?: readonly string[]
  readonly rep?: string | null
  readonly language?: 'en' | 'zh-CN'
  readonly active?: boolean
  readonly passwordHash?: string
  readonly firstRun?: 'answered' | 'skipped'
  readonly grantor: readonly string[] | null
}

/** Command `users.update`. Losing a role, the password or the account ends every session of that person. */
export function updateUser(context: WriteContext, { id, grantor, ...change }: UserChange): { readonly id: string } {
  const user = context.records.find(users, { id })
  if (user === null) throw refuse('SLU_USER_UNKNOWN')
  if (change.roles !== undefined) assertGrantable(change.roles, grantor)
  // Nobody edits somebody who may more than they do: a new password would be a way in.
  if (grantor !== null && !covers(permissionsOf(grantor), user.roles)) throw refuse('SLU_ROLE_ABOVE_OWN')
  const after: UserRow = { ...user, ...change, updatedAt: context.now }
  const others = context.records.list(users).filter((other) => other.id !== id)
  if (isAdmin(user) && !isAdmin(after) && !hasAdmin(others)) throw refuse('SLU_USER_LAST_ADMIN')
  context.records.upsert(users, after)
  if (change.roles !== undefined || change.passwordHash !== undefined || change.active === false) {
    context.records.delete(sessions, { user: id })
  }
  context.audit('user.changed', { user: id }, { fields: Object.keys(change) })
  return { id }
}

export function hasAdmin(all: readonly UserRow[]): boolean {
  return all.some(isAdmin)
}

function isAdmin(user: UserRow): boolean {
  return user.active && user.roles.includes('admin')
}

export function assertGrantable(roles: readonly string[], grantor: readonly string[] | null): void {
  const known: readonly string[] = roleNames
  const unknown = roles.filter((role) => !known.includes(role))
  if (unknown.length > 0) throw refuse('SLU_ROLE_UNKNOWN', { values: { known: roleNames.join(', ') } })
  if (grantor !== null && !covers(permissionsOf(grantor), roles)) throw refuse('SLU_ROLE_ABOVE_OWN')
}

function covers(own: ReadonlySet<string>, roles: readonly string[]): boolean {
  return [...permissionsOf(roles)].every((permission) => own.has(permission))
}
