import { answeringRoles } from '@sluice/nodes/approvals'
import { packServers } from '@sluice/nodes/server'
import { definePackServer, type Permission } from '@sluice/sdk/server'
import Fastify from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { guardRoutes } from '../src/policy/guard-routes.ts'
import { permissionTable } from '../src/policy/permission-table.ts'
import { permissionsOf, type Role, roleNames } from '../src/policy/roles.ts'
import { tokenFor } from './helpers/people.ts'
import { startServer, type TestServer } from './helpers/start.ts'

const table = permissionTable(packServers)
/** The editor's files answer everybody; a stream never ends and has its own tests. */
const walked = [...table].filter(([route]) => !['GET /', 'GET /*', 'GET /api/v1/stream', 'DELETE /api/v1/demo'].includes(route))

let server: TestServer
const headers = new Map<Role, { readonly authorization: string }>()
beforeAll(async () => {
  server = await startServer()
  for (const role of roleNames) headers.set(role, await tokenFor(server, role))
})

function ask(route: string, who: Record<string, string>) {
  const [method = '', url = ''] = route.split(' ')
  return server.ask(method as 'GET', url.replace(/:\w+/g, 'nothing-here'), undefined, who)
}

test('a route without a row in the table stops the start and is named', () => {
  const app = Fastify()
  guardRoutes(app, new Map<string, Permission>([['GET /known', 'self']]))
  app.get('/known', () => 'ok')
  expect(() => app.get('/forgotten', () => 'ok')).toThrowError(
    expect.objectContaining({ code: 'SLU_ROUTE_WITHOUT_PERMISSION', details: [{ path: 'GET /forgotten', message: 'GET /forgotten' }] }),
  )
})

test('one route with two methods of different permission stops the start', () => {
  const app = Fastify()
  guardRoutes(
    app,
    new Map<string, Permission>([
      ['GET /both', 'self'],
      ['POST /both', 'flows.write'],
    ]),
  )
  expect(() => app.route({ method: ['GET', 'POST'], url: '/both', handler: () => 'ok' })).toThrowError(/no row|permission/i)
})

test('a pack that brings a route of the server again stops the start', () => {
  const handle = () => ({})
  const pack = definePackServer({
    id: 'thief',
    tables: [],
    routes: [{ method: 'GET', path: '/flows', permission: 'public', summary: '', handle }],
  })
  expect(() => permissionTable([pack])).toThrowError(/GET \/api\/v1\/flows/)
})

test('the table holds nothing that is not mounted', () => {
  const missing = [...table.keys()].filter((route) => {
    const [method = '', url = ''] = route.split(' ')
    return url !== '/*' && !server.fastify.hasRoute({ method: method as 'GET', url })
  })
  expect(missing).toEqual([])
})

test('only these routes are open to everybody', () => {
  const open = [...table].filter(([, permission]) => permission === 'public').map(([route]) => route)
  expect(open.toSorted()).toMatchInlineSnapshot(`
    [
      "DELETE /api/v1/session",
      "GET /",
      "GET /*",
      "GET /api/v1/channels/wechat/:appId",
      "GET /api/v1/health/live",
      "GET /api/v1/health/ready",
      "GET /api/v1/setup",
      "GET /health/live",
      "GET /health/ready",
      "GET /openapi.json",
      "GET /problems/:code",
      "GET /schemas/flow.json",
      "POST /api/v1/channels/wechat/:appId",
      "POST /api/v1/hooks/:flow/:node",
      "POST /api/v1/session",
      "POST /api/v1/setup",
    ]
  `)
})

test('the check of whom a step asks knows the roles whose people may answer', () => {
  expect([...answeringRoles].sort()).toEqual(roleNames.filter((name) => permissionsOf([name]).has('tasks.answer')).sort())
})

describe('every route, every role', () => {
  test.each(walked)('%s needs %s', async (route, permission) => {
    const nobody = await ask(route, { authorization: '' })
    if (permission === 'public') {
      expect(nobody.statusCode).not.toBe(403)
      return
    }
    expect(nobody.statusCode).toBe(401)
    for (const [role, who] of headers) {
      const { statusCode } = await ask(route, who)
      const may = permissionsOf([role]).has(permission)
      expect(`${role}: ${statusCode === 403 || statusCode === 401 ? 'refused' : 'let in'}`).toBe(`${role}: ${may ? 'let in' : 'refused'}`)
    }
  })
})
