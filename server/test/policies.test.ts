import { packServers } from '@sluice/nodes/server'
import { beforeAll, describe, expect, test } from 'vitest'
import { permissionTable } from '../src/policy/permission-table.ts'
import { everything, roleNames } from '../src/policy/roles.ts'
import { signedIn, tokenFor } from './helpers/people.ts'
import { startServer, type TestServer } from './helpers/start.ts'

type Headers = Record<string, string>
interface Person {
  readonly id: string
  readonly name: string
  readonly headers: Headers
}

let server: TestServer
let people: Person[]

async function person(...[role, rep]: [Parameters<typeof signedIn>[1], (string | null)?]): Promise<Person> {
  const headers = await signedIn(server, role, rep ?? null)
  const { user } = (await server.ask('GET', '/api/v1/session', undefined, headers)).json()
  return { id: user.id, name: rep == null ? role : `${role} ${rep}`, headers }
}

const ask = (body: object, headers?: Headers) => server.ask('POST', '/api/v1/policies/test', body, headers)

beforeAll(async () => {
  server = await startServer()
  for (const id of ['r-lee', 'r-kim']) await server.ask('POST', '/api/v1/reps', { id, name: id })
  await server.ask('POST', '/api/v1/reps', { id: 'r-han', name: 'r-han', manager: 'r-lee' })
  for (const [id, owner] of Object.entries({ 'c-lee': 'r-lee', 'c-kim': 'r-kim', 'c-han': 'r-han' }))
    await server.ask('POST', '/api/v1/customers', {
      id,
      name: '李雷',
      owner,
      fields: { mobile: '13800138000', income: 345_678, city: 'Xi’an' },
    })
  const use = { customer: 'c-lee', purpose: 'recommendation', scene: 'finance_plan' }
  await server.ask('POST', '/api/v1/consents', { ...use, scope: 'standing', session: null })
  await server.ask('POST', '/api/v1/consents/withdraw', {
    customer: 'c-kim',
    purposes: ['recommendation'],
    scenes: ['finance_plan'],
    categories: ['financial'],
    channel: 'preference_page',
  })
  people = await Promise.all([
    ...roleNames.map((role) => person(role)),
    person('rep', 'r-lee'),
    person('rep', 'r-kim'),
    person('manager', 'r-lee'),
  ])
})

describe('“test as” answers as the server does', () => {
  const routes = [...permissionTable(packServers)].filter(([route]) => !/stream|demo/.test(route))

  test.each(everything)('whether they may: %s, for every role', async (permission) => {
    const [route = ''] = routes.find(([, needed]) => needed === permission) ?? []
    expect(route, 'a route that needs it').not.toBe('')
    const [method = '', url = ''] = route.split(' ')
    for (const { id, name, headers } of people) {
      const { statusCode } = await server.ask(method as 'GET', url.replace(/:\w+/g, 'nothing-here'), undefined, headers)
      const told = (await ask({ as: `user:${id}`, permission })).json()
      expect(`${name}: ${told.allowed}`).toBe(`${name}: ${statusCode !== 403 && statusCode !== 401}`)
      expect(told.roles.length > 0, name).toBe(told.allowed)
    }
  })

  test.each(['c-lee', 'c-kim', 'c-han'])('which fields of %s they see, and why not the others', async (customer) => {
    const all = new Set<string>()
    for (const { id, name, headers } of people) {
      const page = await server.ask('GET', `/api/v1/customers/${customer}`, undefined, headers)
      const told = (await ask({ as: `user:${id}`, permission: 'customers.read', customer })).json().customer
      expect(`${name}: ${told.known}`).toBe(`${name}: ${page.statusCode === 200}`)
      const shown = page.statusCode === 200 ? (page.json().fields as Record<string, { $masked?: string } | string>) : {}
      const hidden = Object.entries(shown).map(([field, value]) => ({
        name: field,
        hidden: (typeof value === 'object' ? value.$masked : undefined) ?? null,
      }))
      expect(told.fields, name).toEqual(hidden)
      for (const field of hidden) all.add(String(field.hidden))
    }
    expect(all.size, 'people see it differently').toBeGreaterThan(1)
  })

  test('no value is told', async () => {
    for (const { id } of people) {
      const { body } = await ask({ as: `user:${id}`, permission: 'customers.read', customer: 'c-lee' })
      expect(body).not.toMatch(/13800138000|345678|Xi’an|李雷/)
    }
  })
})

test('somebody who may not sign in may nothing, and the answer says so', async () => {
  const gone = await person('admin')
  await server.ask('PATCH', `/api/v1/users/${gone.id}`, { active: false })
  const told = (await ask({ as: `user:${gone.id}`, permission: 'flows.read', customer: 'c-lee' })).json()
  expect(told).toEqual({ allowed: false, active: false, roles: ['admin'], by: expect.any(Array), customer: { known: false, fields: [] } })
})

test('a role is asked for as well, and every role that may is named', async () => {
  const told = (await ask({ as: 'role:legal', permission: 'flows.publish' })).json()
  expect(told).toEqual({ allowed: false, active: true, roles: [], by: ['admin', 'analyst'], customer: null })
})

test('it is for whoever reads the audit log, and whoever asks learns nothing of customers they do not know', async () => {
  const body = { as: 'role:rep', permission: 'flows.read' }
  for (const role of roleNames) {
    const { statusCode } = await ask(body, await tokenFor(server, role))
    const may = ['admin', 'consent_manager', 'legal', 'operator'].includes(role)
    expect(`${role} ${statusCode}`).toBe(`${role} ${may ? 200 : 403}`)
  }
})

test('who or what does not exist is refused with its code', async () => {
  const code = async (body: object) => (await ask(body)).json().code
  expect(await code({ as: 'user:nobody', permission: 'flows.read' })).toBe('SLU_USER_UNKNOWN')
  expect(await code({ as: 'role:emperor', permission: 'flows.read' })).toBe('SLU_ROLE_UNKNOWN')
  expect(await code({ as: `user:${people[0]?.id}`, permission: 'flows.read', customer: 'c-none' })).toBe('SLU_CUSTOMER_UNKNOWN')
  expect(await code({ as: 'role:rep', permission: 'flows.fly' })).toBe('SLU_BODY_INVALID')
})
