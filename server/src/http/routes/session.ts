import type { RouteReply } from '@sluice/sdk/server'
import { Type } from 'typebox'
import { anonymous } from '../../auth/caller.ts'
import { assertStrong, checkPassword, hashPassword, passwordLimits } from '../../auth/password.ts'
import { endedCookie, openSessionCookie, rotatedCookie } from '../../auth/session-cookies.ts'
import { signInLimit } from '../../auth/sign-in-limit.ts'
import { type UserRow, users } from '../../commands/tables.ts'
import { hasAdmin } from '../../commands/users.ts'
import { hostName, isLoopback } from '../../config/public-bind.ts'
import type { Door } from '../../door.ts'
import { permissionsOf } from '../../policy/roles.ts'
import { workspaceOf } from '../../workspace.ts'
import { refuse } from '../errors/refusal.ts'
import type { ServerRequest, ServerRoute } from '../route.ts'

const closed = { additionalProperties: false } as const
export const Email = Type.String({ format: 'email', maxLength: 254 })
export const PersonName = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' })
export const Password = Type.String({ minLength: 1, maxLength: passwordLimits.charsMax })
export const LanguageName = Type.Union([Type.Literal('en'), Type.Literal('zh-CN')])

const SignIn = Type.Object({ email: Email, password: Password }, closed)
const Setup = Type.Object({ name: PersonName, email: Email, password: Password, language: Type.Optional(LanguageName) }, closed)
const NewPassword = Type.Object({ current: Password, password: Password }, closed)
const NewLanguage = Type.Object({ language: LanguageName }, closed)
/** What was answered stays in the browser: it chooses a template and is of no further use. */
const FirstRun = Type.Object({ outcome: Type.Union([Type.Literal('answered'), Type.Literal('skipped')]) }, closed)

/** Sign-in, sign-out, the first admin, and what a person changes of their own. */
export function sessionRoutes(door: Door): readonly ServerRoute[] {
  const limit = signInLimit()
  const records = door.engine.reader.records
  const noAdmin = () => !hasAdmin(records.list(users))
  const shown = (user: UserRow) => ({ user: userView(user), workspace: workspaceOf(door) })

  return [
    {
      method: 'GET',
      url: '/api/v1/setup',
      summary: 'What a page needs to know at the door: whether the first admin still has to be made, whether this browser is signed in',
      tag: 'session',
      handle: ({ identity }) => ({ body: { needed: noAdmin(), signedIn: identity !== null } }),
    },
    {
      method: 'POST',
      url: '/api/v1/setup',
      summary: 'Makes the first admin and signs them in; only while there is none',
      tag: 'session',
      body: Setup,
      remembersAnswers: false,
      async handle(request, host) {
        const { name, email, password, language } = request.body as {
          name: string
          email: string
          password: string
          language?: 'en' | 'zh-CN'
        }
        if (!noAdmin()) throw refuse('SLU_SETUP_DONE')
        if (!isAtThisMachine(request)) throw refuse('SLU_SETUP_LOCAL_ONLY')
        assertStrong(password, email)
        const passwordHash = await hashPassword(password)
        const payload = { name, email, passwordHash, language: language ?? request.language }
        const { id } = await host.command<{ id: string }>('setup.complete', payload, anonymous)
        const user = records.find(users, { id })
        if (user === null) throw refuse('SLU_INTERNAL')
        return { status: 201, body: shown(user), headers: { 'set-cookie': await openSessionCookie(host, id, request.secure) } }
      },
    },
    {
      method: 'GET',
      url: '/api/v1/session',
      summary: 'Who is signed in, and what they may do',
      tag: 'session',
      async handle(request, host) {
        const { identity } = request
        if (identity === null) throw refuse('SLU_SIGN_IN_REQUIRED')
        const body = identity.user === null ? tokenView(request, door) : shown(identity.user)
        const cookie = await rotatedCookie(host, identity, request.secure)
        return cookie === null ? { body } : { body, headers: { 'set-cookie': cookie } }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/session',
      summary: 'Signs in with e-mail and password; answers with a cookie',
      tag: 'session',
      body: SignIn,
      remembersAnswers: false,
      async handle(request, host) {
        const { email, password } = request.body as { email: string; password: string }
        const address = email.trim().toLowerCase()
        limit.assertMayTry(address, request.address, host.now())
        const [user] = records.list(users, { where: { email: address }, limit: 1 })
        const right = await checkPassword(password, user?.passwordHash ?? null)
        if (user === undefined || !right || !user.active) {
          limit.failed(address, request.address, host.now())
          throw refuse('SLU_SIGN_IN_FAILED')
        }
        limit.succeeded(address)
        return { body: shown(user), headers: { 'set-cookie': await openSessionCookie(host, user.id, request.secure) } }
      },
    },
    {
      method: 'DELETE',
      url: '/api/v1/session',
      summary: 'Signs out',
      tag: 'session',
      remembersAnswers: false,
      async handle({ identity, secure }, host): Promise<RouteReply> {
        if (identity !== null && identity.session !== null)
          await host.command('sessions.close', { id: identity.session.id }, identity.caller)
        return { status: 204, headers: { 'set-cookie': endedCookie(secure) } }
      },
    },
    {
      method: 'PUT',
      url: '/api/v1/session/password',
      summary: 'Changes the own password; every session of the person ends and a new one opens',
      tag: 'session',
      body: NewPassword,
      remembersAnswers: false,
      async handle(request, host) {
        const user = signedIn(request)
        const { current, password } = request.body as { current: string; password: string }
        limit.assertMayTry(user.email, request.address, host.now())
        if (!(await checkPassword(current, user.passwordHash))) {
          limit.failed(user.email, request.address, host.now())
          throw refuse('SLU_SIGN_IN_FAILED')
        }
        assertStrong(password, user.email)
        await host.command('users.update', { id: user.id, passwordHash: await hashPassword(password), grantor: null }, request.caller)
        return { status: 204, headers: { 'set-cookie': await openSessionCookie(host, user.id, request.secure) } }
      },
    },
    {
      method: 'PUT',
      url: '/api/v1/session/language',
      summary: 'Changes the own language',
      tag: 'session',
      body: NewLanguage,
      async handle(request, host) {
        const { language } = request.body as { language: 'en' | 'zh-CN' }
        await host.command('users.update', { id: signedIn(request).id, language, grantor: null }, request.caller)
        return { status: 204 }
      },
    },
    {
      method: 'PUT',
      url: '/api/v1/session/first-run',
      summary: 'Notes that the questions of the first sign-in were answered or skipped, so that nobody is asked twice',
      tag: 'session',
      body: FirstRun,
      async handle(request, host) {
        const { id, firstRun } = signedIn(request)
        const { outcome } = request.body as { outcome: 'answered' | 'skipped' }
        if (firstRun === 'due') await host.command('users.update', { id, firstRun: outcome, grantor: null }, request.caller)
        return { status: 204 }
      },
    },
  ]
}

/**
 * Whoever comes first becomes admin, so this is for who sits at the machine: the connection and the name they opened are both local.
 * A proxy in front makes the connection local, but not the name.
 */
function isAtThisMachine({ address, headers }: ServerRequest): boolean {
  return isLoopback(address) && isLoopback(hostName(headers.host))
}

/** The person at the keyboard; a token has no password and no language. */
function signedIn({ identity }: ServerRequest): UserRow {
  if (identity === null || identity.user === null) throw refuse('SLU_SIGN_IN_REQUIRED')
  return identity.user
}

export function userView({ id, name, email, roles, rep, language, firstRun }: UserRow) {
  const permissions = [...permissionsOf(roles)].filter((permission) => permission !== 'public')
  return { id, name, email, roles, rep, language, permissions, firstRun: firstRun === 'due' }
}

function tokenView({ caller, language }: ServerRequest, door: Door) {
  const { actor, name, roles, rep } = caller
  const user = {
    id: actor.id,
    name,
    email: null,
    roles,
    rep,
    language,
    permissions: [...permissionsOf(roles)].filter((it) => it !== 'public'),
  }
  return { user, workspace: workspaceOf(door) }
}
