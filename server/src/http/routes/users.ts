import { Type } from 'typebox'
import { assertStrong, hashPassword } from '../../auth/password.ts'
import { type UserRow, users } from '../../commands/tables.ts'
import type { Door } from '../../door.ts'
import { permissionsOf, roleNames, roles } from '../../policy/roles.ts'
import { refuse } from '../errors/refusal.ts'
import type { ServerRoute } from '../route.ts'
import { Email, LanguageName, Password, PersonName } from './session.ts'

const closed = { additionalProperties: false } as const
export const RoleNames = Type.Array(Type.String({ maxLength: 50 }), { minItems: 1, maxItems: 10, uniqueItems: true })
const Rep = Type.Union([Type.String({ minLength: 1, maxLength: 100 }), Type.Null()])

const NewUser = Type.Object(
  { name: PersonName, email: Email, password: Password, roles: RoleNames, rep: Type.Optional(Rep), language: Type.Optional(LanguageName) },
  closed,
)
const UserChange = Type.Object(
  {
    name: Type.Optional(PersonName),
    password: Type.Optional(Password),
    roles: Type.Optional(RoleNames),
    rep: Type.Optional(Rep),
    language: Type.Optional(LanguageName),
    active: Type.Optional(Type.Boolean()),
  },
  { ...closed, minProperties: 1 },
)
type UserBody = { name: string; email: string; password: string; roles: string[]; rep?: string | null; language?: 'en' | 'zh-CN' }

/** People, and the roles they can have. */
export function userRoutes(door: Door): readonly ServerRoute[] {
  const { records } = door.engine.reader
  return [
    {
      method: 'GET',
      url: '/api/v1/roles',
      summary: 'Every role with what it may do',
      pagedBy: 'name',
      tag: 'users',
      handle: () => ({ body: { items: roleNames.map((name) => ({ name, ...roles[name] })) } }),
    },
    {
      method: 'GET',
      url: '/api/v1/users',
      summary: 'Everybody who can sign in',
      tag: 'users',
      pagedBy: 'id',
      handle: () => ({ body: { items: records.list(users, { orderBy: [['email', 'asc']], limit: 10_000 }).map(view) } }),
    },
    {
      method: 'GET',
      url: '/api/v1/people',
      summary: 'Names of everybody, for those who work on tasks together',
      tag: 'users',
      pagedBy: 'id',
      handle: () => ({
        body: {
          items: records
            .list(users, { orderBy: [['name', 'asc']], limit: 10_000 })
            .map(({ id, name, roles: held, rep, active }) => ({ id, name, roles: held, rep, active })),
        },
      }),
    },
    {
      method: 'POST',
      url: '/api/v1/users',
      summary: 'Adds a person',
      tag: 'users',
      body: NewUser,
      remembersAnswers: false,
      async handle({ body, caller }, host) {
        const { password, ...user } = body as UserBody
        assertStrong(password, user.email)
        const payload = { ...user, passwordHash: await hashPassword(password), grantor: caller.roles }
        const { id } = await host.command<{ id: string }>('users.create', payload, caller)
        return { status: 201, body: found(id), headers: { location: `/api/v1/users/${id}` } }
      },
    },
    {
      method: 'PATCH',
      url: '/api/v1/users/:id',
      summary: 'Changes name, roles, rep, language or password, or closes the account',
      tag: 'users',
      body: UserChange,
      remembersAnswers: false,
      async handle({ params: { id = '' }, body, caller }, host) {
        const { password, ...change } = body as Partial<UserBody>
        const { email } = found(id)
        if (password !== undefined) assertStrong(password, email)
        const secret = password === undefined ? {} : { passwordHash: await hashPassword(password) }
        await host.command('users.update', { ...change, ...secret, id, grantor: caller.roles }, caller)
        return { body: found(id) }
      },
    },
  ]

  function found(id: string) {
    const user = records.find(users, { id })
    if (user === null) throw refuse('SLU_USER_UNKNOWN')
    return view(user)
  }
}

function view({ id, name, email, roles, rep, language, active, demo, createdAt }: UserRow) {
  const permissions = [...permissionsOf(roles)].filter((permission) => permission !== 'public')
  return { id, name, email, roles, rep, language, active, demo, permissions, createdAt: new Date(createdAt).toISOString() }
}
