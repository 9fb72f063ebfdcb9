import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { packServers } from '@sluice/nodes/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromPack } from '../src/http/route.ts'
import { serverRoutes } from '../src/http/routes/index.ts'
import { bodyValidator, queryValidator } from '../src/http/validate/validator.ts'
import { permissionTable } from '../src/policy/permission-table.ts'
import { listeningFlow, publish, startServer, type TestServer } from './helpers/start.ts'

const editor = mkdtempSync(join(tmpdir(), 'sluice-editor-'))
mkdirSync(join(editor, 'assets'))
writeFileSync(
  join(editor, 'index.html'),
  '<!doctype html><head><title>Sluice</title></head><body><div id="root"><div class="later"></div></div></body>',
)
const pages = [{ path: '/flows/$key', files: ['assets/a.js', 'assets/a.css'], texts: { en: ['assets/en.js'], 'zh-CN': ['assets/zh.js'] } }]
writeFileSync(join(editor, 'page-files.json'), JSON.stringify(pages))
writeFileSync(join(editor, 'assets', 'index-abc123.js'), 'export {}')
writeFileSync(join(editor, 'assets', 'index-abc123.js.gz'), gzipSync('export {}'))
writeFileSync(join(editor, '.secret.txt'), 'kept from all')
afterAll(() => rmSync(editor, { recursive: true, force: true }))

let server: TestServer
beforeAll(async () => {
  server = await startServer({ editor })
})
const visit = (url: string) => server.ask('GET', url, undefined, { authorization: '' })

describe('the editor’s files', () => {
  test('the page is asked for anew each time and runs only what is ours', async () => {
    const answer = await visit('/')
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.headers['cache-control']).toBe('no-cache')
    const policy = String(answer.headers['content-security-policy'])
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("worker-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(/script-src[^;]*unsafe/.test(policy)).toBe(false)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.headers['referrer-policy']).toBe('same-origin')
  })

  test('the page of an address names the files of its screen, in the language asked for, to whoever has a session', async () => {
    const filesOf = async (url: string, headers: Record<string, string>) =>
      [
        ...(await server.ask('GET', url, undefined, { authorization: '', ...headers })).body.matchAll(/rel="(\w+)"[^>]*href="([^"]+)"/g),
      ].map(([, rel, file]) => `${rel} ${file}`)
    const cookie = 'sluice_session=abc'
    const shared = ['modulepreload /assets/a.js', 'stylesheet /assets/a.css']
    expect(await filesOf('/flows/one?try', { cookie, 'accept-language': 'zh' })).toEqual([...shared, 'modulepreload /assets/zh.js'])
    expect(await filesOf('/flows/one', { cookie })).toEqual([...shared, 'modulepreload /assets/en.js'])
    expect(await filesOf('/flows/one', {})).toEqual([])
    for (const url of ['/', '/flows', '/flows/one/diff']) expect(await filesOf(url, { cookie }), url).toEqual([])
  })

  test('whoever is signed in gets the first answers with the page, as the interface gives them, and nobody keeps that page', async () => {
    const signedIn = await startServer({ editor })
    try {
      const account = { email: 'ann@example.com', password: 'a long enough sentence' }
      const made = await signedIn.ask(
        'POST',
        '/api/v1/setup',
        { name: 'Ann </script>', ...account },
        { authorization: '', origin: 'http://127.0.0.1:4400', host: '127.0.0.1:4400' },
      )
      expect(made.statusCode).toBe(201)
      const cookie = String(made.headers['set-cookie']).split(';')[0] ?? ''
      const page = (url: string, headers: Record<string, string> = { cookie }) =>
        signedIn.ask('GET', url, undefined, { authorization: '', 'accept-language': 'zh', ...headers })
      await signedIn.ask('PUT', '/api/v1/flows/listening', listeningFlow('listening'))
      const answer = await page('/flows/listening')
      expect(answer.headers['cache-control']).toBe('no-store')
      const text = /<script type="application\/json" id="first-answers">([^<]*)<\/script><\/body>$/.exec(answer.body)?.[1] ?? ''
      const written = JSON.parse(text) as { language: string; answers: { url: string; etag: string | null; body: string }[] }
      expect(written.language).toBe('zh-CN')
      expect(written.answers.map(({ url }) => url)).toEqual(
        ['setup', 'session', 'flows/listening', 'flows/listening/status'].map((each) => `/api/v1/${each}`),
      )
      for (const { url, etag, body } of written.answers) {
        const asked = await page(url)
        expect([body, etag], url).toEqual([asked.body, asked.headers.etag ?? null])
      }
      expect(answer.body).toContain('<div class="first-frame"></div>')

      // What would be refused is left out, and a page that nobody is signed in to is anybody's.
      expect((await page('/flows/nowhere')).body).not.toContain('flows/nowhere"')
      for (const [url, headers] of [
        ['/', { cookie }],
        ['/flows/listening', { cookie: 'sluice_session=guessed' }],
        ['/flows/listening', {}],
      ] as const) {
        const plain = await page(url, headers)
        expect([plain.headers['cache-control'], plain.body.includes('first-answers')], url).toEqual(['no-cache', false])
      }
    } finally {
      await signedIn.stop()
    }
  })

  test('a file with its hash in the name is kept for a year', async () => {
    const answer = await visit('/assets/index-abc123.js')
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable'])
    expect(answer.headers['content-type']).toMatch(/javascript/)
  })

  test('who takes a compressed file gets the one that the build made; who does not gets it plain', async () => {
    const url = '/assets/index-abc123.js'
    const small = await server.ask('GET', url, undefined, { authorization: '', 'accept-encoding': 'gzip, br' })
    expect(small.headers).toMatchObject({ 'content-encoding': 'gzip', 'cache-control': 'public, max-age=31536000, immutable' })
    expect(small.headers['content-type']).toMatch(/javascript/)
    const plain = await visit(url)
    expect([plain.headers['content-encoding'], plain.body]).toEqual([undefined, 'export {}'])
  })

  test.each(['/flows', '/flows/consent-withdrawn', '/runs/01ABC', '/settings/people', '/flows/my.flow'])(
    '%s is a screen and gets the page',
    async (url) => {
      const answer = await visit(url)
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    },
  )

  test.each(['/assets/gone-123.js', '/api/v1/nowhere', '/api', '/health/other', '/ai/v1/nothing', '/missing.css'])(
    '%s is not found',
    async (url) => {
      const answer = await visit(url)
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8'])
    },
  )

  test.each([
    '/.secret.txt',
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/assets/..%2f..%2f..%2fetc%2fpasswd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/index-abc123.js%00.html',
    '//etc/passwd',
  ])('%s gives nothing away', async (url) => {
    const answer = await visit(url)
    expect(answer.body).not.toMatch(/kept from all|root:|"workspaces"/)
  })
})

describe('/openapi.json', () => {
  test('describes every route of the table, pack routes too, with its permission', async () => {
    const { openapi, paths } = (await visit('/openapi.json')).json()
    expect(openapi).toBe('3.1.0')
    const described = Object.entries(paths as Record<string, Record<string, { 'x-permission': string }>>).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')} ${operation['x-permission']}`,
      ),
    )
    const expected = [...permissionTable(packServers)]
      .filter(([route]) => route !== 'GET /' && route !== 'GET /*')
      .map(([route, permission]) => `${route} ${permission}`)
    expect(described.toSorted()).toEqual(expected.toSorted())
  })

  test('names each operation once and each parameter of its path', async () => {
    const { paths } = (await visit('/openapi.json')).json()
    const ids: string[] = []
    for (const [path, methods] of Object.entries(
      paths as Record<string, Record<string, { operationId: string; summary: string; parameters: { name: string; in: string }[] }>>,
    )) {
      for (const { operationId, summary, parameters } of Object.values(methods)) {
        ids.push(operationId)
        expect(summary.length).toBeGreaterThan(3)
        const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
        expect(named).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
      }
    }
    expect(new Set(ids).size).toBe(ids.length)
  })
})

test('health tells living from ready', async () => {
  expect((await visit('/health/live')).json()).toEqual({ status: 'ok' })
  expect((await visit('/health/ready')).json()).toMatchObject({ status: 'ok' })
})

test('metrics are Prometheus text for who may operate, without a customer in them', async () => {
  await server.ask('GET', '/api/v1/customers/c-secret')
  const answer = await server.ask('GET', '/metrics')
  expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(answer.body).toMatch(/sluice_http_requests_total\{method="GET",route="\/api\/v1\/customers\/:id",status="404"\} 1/)
  expect(answer.body).toContain('sluice_runs_started_total')
  expect(answer.body).not.toContain('c-secret')
  expect((await visit('/metrics')).statusCode).toBe(401)
})

test('the flow file’s schema is published', async () => {
  const schema = (await visit('/schemas/flow.json')).json()
  const { properties, $schema } = schema
  const { default: Ajv } = await import('ajv/dist/2020.js')
  const accepts = new Ajv({ strict: false }).compile(schema)
  expect([accepts(listeningFlow('any')), accepts({ ...listeningFlow('any'), extra: 1 })]).toEqual([true, false])
  expect(accepts({ ...listeningFlow('any'), notes: [{ id: 'n', text: 'x', at: [0, 0, 0] }] })).toBe(false)
  expect($schema).toBe('https://json-schema.org/draft/2020-12/schema')
  expect(properties.format).toMatchObject({ const: 'sluice/flow@1' })
})

test('node types are listed with their ports and config schema', async () => {
  const { items } = (await server.ask('GET', '/api/v1/node-types')).json()
  expect(items.find((item: { type: string }) => item.type === 'core.branch')).toMatchObject({
    ports: [{ name: 'true' }, { name: 'false' }],
    config: { type: 'object' },
  })
})

test('what a team builds with is told by its live flows, the most used first', async () => {
  await publish(server, listeningFlow('used-a'))
  await publish(server, {
    ...listeningFlow('used-b'),
    nodes: [
      { id: 'by', type: 'core.manual', config: {} },
      { id: 'end', type: 'core.stop', config: {} },
    ],
    edges: [{ from: 'by.out', to: 'end.in' }],
  })
  const { items } = (await server.ask('GET', '/api/v1/node-types/used')).json()
  const flowsOf = (type: string) => items.find((item: { type: string }) => item.type === type)?.flows
  expect(flowsOf('core.manual')).toBe(1)
  const flows = items.map((item: { flows: number }) => item.flows)
  expect(flows).toEqual([...flows].sort((a, b) => b - a))
})

test('every schema in the API description is valid in its dialect', async () => {
  const { default: Ajv } = await import('ajv/dist/2020.js')
  const { paths } = (await visit('/openapi.json')).json()
  const schemas: object[] = []
  JSON.stringify(paths, (key, value) => {
    if (key === 'schema' && typeof value === 'object' && value !== null && !('$ref' in value)) schemas.push(value)
    return value
  })
  expect(schemas.length).toBeGreaterThan(50)
  const ajv = new Ajv({ strict: false })
  expect(schemas.filter((schema) => ajv.validateSchema(schema) !== true)).toEqual([])
})

test('the bodies and queries of every route can be checked: their schemas compile', () => {
  const fromPacks = packServers.flatMap((pack) => (pack.routes ?? []).map((route) => fromPack(pack.id, route)))
  const routes = [...serverRoutes(server.door), ...fromPacks]
  expect(routes.length).toBeGreaterThan(100)
  for (const { method, url, body, query } of routes) {
    if (body !== undefined) expect(() => bodyValidator(body)({ unknown: 1 }, 'en'), `${method} ${url}`).not.toThrow()
    if (query !== undefined) expect(() => queryValidator(query)({ unknown: '1' }, 'en'), `${method} ${url}`).not.toThrow()
  }
})
