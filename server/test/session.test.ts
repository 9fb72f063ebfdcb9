import { beforeAll, describe, expect, test } from 'vitest'
import { loadDemo } from '../src/demo/load-demo.ts'
import { userView } from '../src/http/routes/session.ts'
import { cookieOf, password, signedIn, tokenFor } from './helpers/people.ts'
import { startServer, type TestServer } from './helpers/start.ts'

const admin = { name: 'Chen Ying', email: 'Chen@Example.com', password: 'four random words here' }
const nobody = { authorization: '' }

describe('the first start', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer({ environment: { SLUICE_ADMIN_TOKEN: '' } })
  })

  test('asks for the first admin, makes it once and signs it in', async () => {
    expect((await server.ask('GET', '/api/v1/setup', undefined, nobody)).json()).toEqual({ needed: true, signedIn: false })
    const made = await server.ask('POST', '/api/v1/setup', admin, nobody)
    expect(made.statusCode).toBe(201)
    expect(made.json()).toMatchObject({ user: { email: 'chen@example.com', roles: ['admin'] }, workspace: { demo: false } })
    const cookie = cookieOf(made.headers['set-cookie'])
    expect((await server.ask('GET', '/api/v1/session', undefined, { ...nobody, cookie })).statusCode).toBe(200)
    expect((await server.ask('GET', '/api/v1/setup', undefined, nobody)).json()).toEqual({ needed: false, signedIn: false })
    expect((await server.ask('GET', '/api/v1/setup', undefined, { ...nobody, cookie })).json()).toEqual({ needed: false, signedIn: true })
    expect((await server.ask('POST', '/api/v1/setup', admin, nobody)).json()).toMatchObject({ status: 409, code: 'SLU_SETUP_DONE' })
  })

  test('makes one admin when two ask at once', async () => {
    const fresh = await startServer({ environment: { SLUICE_ADMIN_TOKEN: '' } })
    const both = await Promise.all(
      ['a', 'b'].map((name) => fresh.ask('POST', '/api/v1/setup', { ...admin, email: `${name}@example.com` }, nobody)),
    )
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 409])
    await fresh.stop()
  })
})

describe('signing in', () => {
  let server: TestServer
  let now = Date.now()
  beforeAll(async () => {
    server = await startServer({ now: () => now })
    await server.ask('POST', '/api/v1/users', { ...admin, roles: ['analyst'] })
  })
  const signIn = (changes: Record<string, unknown> = {}) =>
    server.ask('POST', '/api/v1/session', { email: admin.email, password: admin.password, ...changes }, nobody)

  test('gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const answer = await signIn()
    expect(answer.statusCode).toBe(200)
    expect(answer.json().user).toMatchObject({
      name: 'Chen Ying',
      roles: ['analyst'],
      rep: null,
      language: 'en',
      permissions: expect.arrayContaining(['flows.publish']),
    })
    expect(answer.headers['set-cookie']).toMatch(/^sluice_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/)
    expect(answer.body).not.toContain('scrypt')
  })

  test('over TLS the cookie is bound to the host', async () => {
    const behind = await startServer({ environment: { SLUICE_TRUST_PROXY: '127.0.0.1' } })
    await behind.ask('POST', '/api/v1/users', { ...admin, roles: ['analyst'] })
    const answer = await behind.ask(
      'POST',
      '/api/v1/session',
      { email: admin.email, password: admin.password },
      { ...nobody, 'x-forwarded-proto': 'https' },
    )
    expect(answer.headers['set-cookie']).toMatch(/^__Host-sluice_session=.*; Secure$/)
    await behind.stop()
  })

  test('a forged proxy header is not believed', async () => {
    const answer = await server.ask(
      'POST',
      '/api/v1/session',
      { email: admin.email, password: admin.password },
      { ...nobody, 'x-forwarded-proto': 'https' },
    )
    expect(answer.headers['set-cookie']).not.toContain('Secure')
  })

  test('says the same for an unknown person and a wrong password', async () => {
    const [unknown, wrong] = [await signIn({ email: 'nobody@example.com' }), await signIn({ password: 'wrong password here' })]
    const comparable = (answer: typeof wrong) => ({ ...answer.json(), instance: '' })
    expect(comparable(unknown)).toEqual(comparable(wrong))
    expect(wrong.json()).toMatchObject({ status: 401, code: 'SLU_SIGN_IN_FAILED' })
  })

  test('each sign-in gives another value, also when a value was planted', async () => {
    const planted = 'sluice_session=planted-by-somebody-else'
    const answer = await server.ask(
      'POST',
      '/api/v1/session',
      { email: admin.email, password: admin.password },
      { ...nobody, cookie: planted },
    )
    expect(cookieOf(answer.headers['set-cookie'])).not.toBe(planted)
    expect((await server.ask('GET', '/api/v1/session', undefined, { ...nobody, cookie: planted })).statusCode).toBe(401)
    expect((await server.ask('GET', '/api/v1/setup', undefined, { ...nobody, cookie: planted })).json().signedIn).toBe(false)
  })

  test('signing out ends the session at once', async () => {
    const cookie = cookieOf((await signIn()).headers['set-cookie'])
    expect((await server.ask('DELETE', '/api/v1/session', undefined, { ...nobody, cookie })).statusCode).toBe(204)
    expect((await server.ask('GET', '/api/v1/session', undefined, { ...nobody, cookie })).statusCode).toBe(401)
  })

  test('after a day the value changes; the old one is good for a minute more', async () => {
    const old = cookieOf((await signIn()).headers['set-cookie'])
    now += 2 * 86_400_000
    const answer = await server.ask('GET', '/api/v1/session', undefined, { ...nobody, cookie: old })
    const fresh = cookieOf(answer.headers['set-cookie'])
    expect(fresh).not.toBe(old)
    expect((await server.ask('GET', '/api/v1/session', undefined, { ...nobody, cookie: fresh })).statusCode).toBe(200)
  })

  test('ten wrong tries make the eleventh wait, also with the right password', async () => {
    const email = 'slow@example.com'
    await server.ask('POST', '/api/v1/users', { name: 'Slow', email, password, roles: ['rep'] })
    for (let tries = 0; tries < 10; tries++) await signIn({ email, password: 'not this one, no' })
    const answer = await signIn({ email, password })
    expect(answer.json()).toMatchObject({ status: 429, code: 'SLU_RATE_LIMIT' })
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    now += 900_001
    expect((await signIn({ email, password })).statusCode).toBe(200)
  })
})

describe('people and tokens', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  const person = (changes: Record<string, unknown> = {}) => ({
    name: 'Li Na',
    email: `${Math.random()}@example.com`,
    password,
    roles: ['rep'],
    ...changes,
  })

  test.each(['short', 'aaaaaaaaaaaaaaaa', 'password1234', 'passwordpassword'])('the password %s is too weak', async (weak) => {
    expect((await server.ask('POST', '/api/v1/users', person({ password: weak }))).json()).toMatchObject({
      status: 422,
      code: 'SLU_PASSWORD_WEAK',
    })
  })

  test('an e-mail belongs to one person, however it is written', async () => {
    await server.ask('POST', '/api/v1/users', person({ email: 'One@Example.com' }))
    expect((await server.ask('POST', '/api/v1/users', person({ email: 'one@example.COM' }))).json()).toMatchObject({
      status: 409,
      code: 'SLU_USER_EXISTS',
    })
  })

  test('a role that does not exist is refused', async () => {
    expect((await server.ask('POST', '/api/v1/users', person({ roles: ['root'] }))).json()).toMatchObject({
      status: 422,
      code: 'SLU_ROLE_UNKNOWN',
    })
  })

  test('nobody can set what is not theirs to set (mass assignment)', async () => {
    for (const extra of [{ id: 'u-1' }, { passwordHash: 'x' }, { active: true }, { demo: true }, { createdAt: 0 }]) {
      expect((await server.ask('POST', '/api/v1/users', person(extra))).json()).toMatchObject({ status: 422, code: 'SLU_BODY_INVALID' })
    }
  })

  test('losing a role ends the sessions of that person', async () => {
    const browser = await signedIn(server, 'analyst')
    const { id } = (await server.ask('GET', '/api/v1/session', undefined, browser)).json().user
    await server.ask('PATCH', `/api/v1/users/${id}`, { roles: ['rep'] })
    expect((await server.ask('GET', '/api/v1/flows', undefined, browser)).statusCode).toBe(401)
  })

  test('the last admin cannot be unmade', async () => {
    const made = (await server.ask('POST', '/api/v1/users', person({ roles: ['admin'] }))).json()
    expect((await server.ask('PATCH', `/api/v1/users/${made.id}`, { roles: ['rep'] })).json()).toMatchObject({
      status: 409,
      code: 'SLU_USER_LAST_ADMIN',
    })
    expect((await server.ask('PATCH', `/api/v1/users/${made.id}`, { active: false })).statusCode).toBe(409)
  })

  test('a password can be changed by its owner, who has to know the old one', async () => {
    const browser = await signedIn(server, 'rep')
    const change = (current: string) =>
      server.ask('PUT', '/api/v1/session/password', { current, password: 'another good long one' }, browser)
    expect((await change('not the old one')).json()).toMatchObject({ status: 401, code: 'SLU_SIGN_IN_FAILED' })
    const changed = await change(password)
    expect(changed.statusCode).toBe(204)
    expect((await server.ask('GET', '/api/v1/session', undefined, browser)).statusCode).toBe(401)
    expect(
      (await server.ask('GET', '/api/v1/session', undefined, { ...nobody, cookie: cookieOf(changed.headers['set-cookie']) })).statusCode,
    ).toBe(200)
  })

  test('a token is shown once, works, and stops at once when revoked', async () => {
    const made = await server.ask('POST', '/api/v1/tokens', { name: 'CRM', roles: ['sender'], expiresInDays: 1 })
    const { id, token, prefix } = made.json()
    expect(token.startsWith(prefix)).toBe(true)
    expect((await server.ask('GET', '/api/v1/tokens')).body).not.toContain(token)
    const headers = { authorization: `Bearer ${token}` }
    expect((await server.ask('GET', '/api/v1/session', undefined, headers)).json().user).toMatchObject({
      name: 'CRM',
      permissions: ['self', 'events.write'],
    })
    expect((await server.ask('DELETE', `/api/v1/tokens/${id}`)).statusCode).toBe(204)
    expect((await server.ask('GET', '/api/v1/session', undefined, headers)).json()).toMatchObject({
      status: 401,
      code: 'SLU_TOKEN_INVALID',
    })
  })

  test('who may not do something cannot give it to others', async () => {
    const analyst = await tokenFor(server, 'analyst')
    expect((await server.ask('POST', '/api/v1/tokens', { name: 'up', roles: ['admin'] }, analyst)).statusCode).toBe(403)
  })

  test('neither passwords nor tokens are in the database, the log or the audit', async () => {
    const { readFileSync } = await import('node:fs')
    const { token } = (await server.ask('POST', '/api/v1/tokens', { name: 'hidden', roles: ['sender'] })).json()
    const audit = (await server.ask('GET', '/api/v1/audit?limit=1000')).body
    const places = [
      readFileSync(`${server.data}/sluice.db`),
      readFileSync(`${server.data}/sluice.db-wal`),
      Buffer.from(server.logged.join('\n')),
      Buffer.from(audit),
    ]
    for (const place of places) for (const secret of [token, password]) expect(place.includes(secret)).toBe(false)
  })
})

test('the first admin cannot be made from somewhere else', async () => {
  const server = await startServer({ environment: { SLUICE_ADMIN_TOKEN: '', SLUICE_PUBLIC_URL: 'https://sluice.example.com' } })
  const fromOutside = await server.ask('POST', '/api/v1/setup', admin, { ...nobody, host: 'sluice.example.com' })
  expect(fromOutside.json()).toMatchObject({ status: 403, code: 'SLU_SETUP_LOCAL_ONLY' })
  const remote = await server.fastify.inject({ method: 'POST', url: '/api/v1/setup', payload: admin, remoteAddress: '10.0.0.9' })
  expect(remote.statusCode).toBe(403)
  expect((await server.ask('POST', '/api/v1/setup', admin, nobody)).statusCode).toBe(201)
  await server.stop()
})

describe('the questions of the first sign-in', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  const isAsked = async (browser: { readonly cookie: string }) =>
    (await server.ask('GET', '/api/v1/session', undefined, { ...nobody, ...browser })).json().user.firstRun
  const note = (body: unknown, browser: { readonly authorization: string }) =>
    server.ask('PUT', '/api/v1/session/first-run', body as object, browser)

  test.each(['answered', 'skipped'])('are put to a new person until they are %s, on any device, and never again', async (outcome) => {
    const browser = await signedIn(server, 'analyst')
    expect(await isAsked(browser)).toBe(true)
    expect((await note({ outcome }, browser)).statusCode).toBe(204)
    expect(await isAsked(browser)).toBe(false)
    const { email } = (await server.ask('GET', '/api/v1/session', undefined, browser)).json().user
    const elsewhere = await server.ask('POST', '/api/v1/session', { email, password }, nobody)
    expect(elsewhere.json().user.firstRun).toBe(false)
    expect((await note({ outcome: 'skipped' }, browser)).statusCode).toBe(204)
  })

  test('are noted for oneself only, with nothing else in the body, and by people only', async () => {
    const [one, other] = [await signedIn(server, 'rep'), await signedIn(server, 'rep')]
    for (const body of [{}, { outcome: 'due' }, { outcome: null }, { outcome: 'skipped', user: 'u-1' }, []])
      expect((await note(body, one)).json()).toMatchObject({ status: 422, code: 'SLU_BODY_INVALID' })
    expect(await isAsked(one)).toBe(true)
    await note({ outcome: 'answered' }, one)
    expect(await isAsked(other)).toBe(true)
    expect((await note({ outcome: 'answered' }, nobody)).statusCode).toBe(401)
    expect((await note({ outcome: 'answered' }, await tokenFor(server, 'admin'))).statusCode).toBe(401)
  })

  test('are put to the analyst of the demo and to nobody else of it, nor to those who were here before there were any', async () => {
    const demo = await startServer()
    const asked: string[] = []
    for (const { email, password, role } of await loadDemo(demo.door, 'en')) {
      const { user } = (await demo.ask('POST', '/api/v1/session', { email, password }, nobody)).json()
      if (user.firstRun) asked.push(role)
    }
    expect(asked).toEqual(['analyst'])
    await demo.stop()
    expect(userView({ ...longHere, firstRun: null }).firstRun).toBe(false)
    expect(userView({ ...longHere, firstRun: 'due' }).firstRun).toBe(true)
  })
})

const longHere = {
  id: 'u-1',
  email: 'long@example.com',
  name: 'Long Here',
  passwordHash: '',
  roles: ['analyst'],
  rep: null,
  language: 'en',
  active: true,
  demo: false,
  createdAt: 0,
  updatedAt: 0,
} as const
