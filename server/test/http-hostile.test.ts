import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { signedIn } from './helpers/people.ts'
import { adminToken, cloudEvent, listeningFlow, startServer, type TestServer } from './helpers/start.ts'

let server: TestServer
let port = 0
beforeAll(async () => {
  server = await startServer()
  await server.fastify.listen({ port: 0, host: '127.0.0.1' })
  const address = server.fastify.server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})

const problem = 'application/problem+json; charset=utf-8'

/** Sends raw bytes and reads until the other side closes or falls silent. */
function raw(text: string, wait = 3_000): Promise<string> {
  return new Promise((resolve) => {
    let got = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    const end = () => {
      socket.destroy()
      resolve(got)
    }
    const timer = setTimeout(end, wait)
    socket.on('data', (data) => {
      got += data.toString()
      clearTimeout(timer)
      setTimeout(end, 100)
    })
    socket.on('error', end)
    socket.on('close', end)
  })
}

describe('every failure is a problem document', () => {
  test.each([
    ['an unknown address', 'GET', '/api/v1/nowhere', undefined, {}, 404, 'SLU_ROUTE_UNKNOWN'],
    ['an unknown address outside the API', 'GET', '/metrics/nowhere', undefined, {}, 404, 'SLU_ROUTE_UNKNOWN'],
    ['a method the address does not take', 'PATCH', '/api/v1/flows', undefined, {}, 405, 'SLU_METHOD_REFUSED'],
    ['OPTIONS, because no other site may ask', 'OPTIONS', '/api/v1/flows', undefined, {}, 405, 'SLU_METHOD_REFUSED'],
    ['a body that is no JSON', 'POST', '/api/v1/users', '{"name":', {}, 400, 'SLU_BODY_NOT_JSON'],
    ['a body that is not UTF-8', 'POST', '/api/v1/users', Buffer.from([0x22, 0xc3, 0x28, 0x22]), {}, 400, 'SLU_BODY_NOT_JSON'],
    ['no body where one is needed', 'POST', '/api/v1/users', undefined, {}, 400, 'SLU_BODY_EMPTY'],
    [
      'a body of another kind',
      'POST',
      '/api/v1/users',
      'a=b',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'SLU_MEDIA_TYPE_REFUSED',
    ],
    ['a body without a kind', 'POST', '/api/v1/users', '{}', { 'content-type': '' }, 415, 'SLU_MEDIA_TYPE_REFUSED'],
    ['an unknown field', 'POST', '/api/v1/tokens', { name: 'x', roles: ['sender'], admin: true }, {}, 422, 'SLU_BODY_INVALID'],
    ['a wrong type, never coerced', 'POST', '/api/v1/tokens', { name: 'x', roles: 'admin' }, {}, 422, 'SLU_BODY_INVALID'],
    [
      'a number as text, never coerced',
      'POST',
      '/api/v1/tokens',
      { name: 'x', roles: ['sender'], expiresInDays: '5' },
      {},
      422,
      'SLU_BODY_INVALID',
    ],
    [
      'a number too long to be kept',
      'POST',
      '/api/v1/tokens',
      '{"name":"x","roles":["sender"],"expiresInDays":30000000000000001}',
      {},
      422,
      'SLU_BODY_INVALID',
    ],
    [
      'a flow file with a name twice',
      'PUT',
      '/api/v1/flows/twice',
      '{"format":"sluice/flow@1","key":"twice","name":"a","name":"b","nodes":[],"edges":[]}',
      {},
      422,
      'SLU_FLOW_INVALID',
    ],
    ['null where an object is needed', 'POST', '/api/v1/tokens', 'null', {}, 422, 'SLU_BODY_INVALID'],
    ['a list where an object is needed', 'POST', '/api/v1/tokens', '[]', {}, 422, 'SLU_BODY_INVALID'],
    ['an unknown query', 'GET', '/api/v1/runs?wanted=1', undefined, {}, 400, 'SLU_QUERY_INVALID'],
    ['a query given twice', 'GET', '/api/v1/runs?limit=1&limit=2', undefined, {}, 400, 'SLU_QUERY_INVALID'],
    ['a limit beyond the bound', 'GET', '/api/v1/runs?limit=100000', undefined, {}, 400, 'SLU_QUERY_INVALID'],
    ['a forged cursor', 'GET', `/api/v1/runs?cursor=${encodeURIComponent("' OR 1=1 --")}`, undefined, {}, 400, 'SLU_CURSOR_INVALID'],
    ['a null token', 'GET', '/api/v1/flows', undefined, { authorization: 'Bearer null' }, 401, 'SLU_TOKEN_INVALID'],
    ['an empty token', 'GET', '/api/v1/flows', undefined, { authorization: 'Bearer ' }, 401, 'SLU_TOKEN_INVALID'],
    [
      'an unsigned JWT',
      'GET',
      '/api/v1/flows',
      undefined,
      { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoiYWRtaW4ifQ.' },
      401,
      'SLU_TOKEN_INVALID',
    ],
    ['basic authentication', 'GET', '/api/v1/flows', undefined, { authorization: 'Basic YWRtaW46YWRtaW4=' }, 401, 'SLU_TOKEN_INVALID'],
  ] as const)('%s', async (_name, method, url, body, headers, status, code) => {
    const answer = await server.ask(method, url, body, headers)
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toBe(problem)
    expect(answer.json()).toMatchObject({
      status,
      code,
      type: `/problems/${code}`,
      title: expect.any(String),
      detail: expect.any(String),
      instance: expect.stringMatching(/^\/requests\//),
    })
  })

  test('the same in Chinese when the reader prefers it', async () => {
    const answer = await server.ask(
      'POST',
      '/api/v1/tokens',
      { name: 'x', roles: ['sender'], admin: true },
      { 'accept-language': 'en;q=0.2, zh-CN' },
    )
    expect(answer.headers['content-language']).toBe('zh-CN')
    expect(answer.json()).toMatchObject({ title: '请求体的格式不正确', errors: [{ path: '/admin', message: '此处没有“admin”字段' }] })
  })

  test('a 405 names the methods that are possible', async () => {
    const answer = await server.ask('POST', '/api/v1/flows/lead')
    expect(answer.headers.allow?.split(', ').toSorted()).toEqual(['DELETE', 'GET', 'HEAD', 'PATCH', 'PUT'])
    expect((await server.ask('HEAD', '/api/v1/flows')).statusCode).toBe(200)
  })

  test('every code can be looked up', async () => {
    const answer = await server.ask('GET', '/problems/SLU_BODY_INVALID', undefined, { authorization: '' })
    expect(answer.json()).toMatchObject({ code: 'SLU_BODY_INVALID', status: 422 })
  })
})

describe('ids', () => {
  const hostile = [
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e',
    '..%5c..%5cwindows',
    'a%00b',
    'a%0d%0aset-cookie:x',
    '%ff',
    'x'.repeat(201),
    '%F0%9F',
  ]
  const routes = [
    ['GET', '/api/v1/runs/ID'],
    ['GET', '/api/v1/runs/ID/journal'],
    ['POST', '/api/v1/runs/ID/cancel'],
    ['GET', '/api/v1/flows/ID'],
    ['DELETE', '/api/v1/flows/ID'],
    ['POST', '/api/v1/flows/ID/publish'],
    ['GET', '/api/v1/flows/lead/versions/ID'],
    ['GET', '/api/v1/customers/ID'],
    ['PATCH', '/api/v1/users/ID'],
    ['DELETE', '/api/v1/tokens/ID'],
    ['POST', '/api/v1/hooks/ID/ID'],
    ['GET', '/api/v1/withdrawals/ID'],
  ] as const
  test.each(routes)('%s %s never climbs out of its place', async (method, url) => {
    for (const id of hostile) {
      const answer = await server.ask(method, url.replaceAll('ID', id))
      expect([400, 404, 405, 414]).toContain(answer.statusCode)
      expect(answer.headers['content-type']).toBe(problem)
    }
  })
})

describe('bodies', () => {
  test('a body of 100 MB is refused without being read', async () => {
    const status = await new Promise<number | string>((resolve) => {
      const request = httpRequest(
        {
          port,
          host: '127.0.0.1',
          method: 'POST',
          path: '/api/v1/users',
          headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json', 'content-length': 100 * 1024 * 1024 },
        },
        (answer) => {
          resolve(answer.statusCode ?? 0)
          answer.resume()
          request.destroy()
        },
      )
      request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'))
      request.write('{"name":"')
    })
    expect(status).toBe(413)
  })

  test('a body that never ends is cut off at the limit', async () => {
    const status = await new Promise<number | string>((resolve) => {
      const request = httpRequest(
        {
          port,
          host: '127.0.0.1',
          method: 'POST',
          path: '/api/v1/users',
          headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
        },
        (answer) => {
          resolve(answer.statusCode ?? 0)
          answer.resume()
          request.destroy()
        },
      )
      request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'))
      const more = () => {
        if (!request.destroyed && request.write('x'.repeat(65_536))) setImmediate(more)
        else request.once('drain', more)
      }
      more()
    })
    expect([413, 'ECONNRESET', 'EPIPE']).toContain(status)
  })

  test('a compressed body is refused before it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000, 0x20))
    const answer = await server.ask('POST', '/api/v1/users', bomb, { 'content-encoding': 'gzip' })
    expect(answer.json()).toMatchObject({ status: 415, code: 'SLU_ENCODING_REFUSED' })
  })

  test('a body that nests ten thousand levels is refused', async () => {
    const answer = await server.ask(
      'POST',
      '/api/v1/events',
      `{"specversion":"1.0","id":"deep","source":"/t","type":"t","data":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      { 'content-type': 'application/cloudevents+json' },
    )
    expect(answer.json()).toMatchObject({ status: 400, code: 'SLU_BODY_TOO_DEEP' })
  })

  test('reserved keys are taken out of what comes in, and pollute nothing', async () => {
    const event =
      '{"specversion":"1.0","id":"proto","source":"/t","type":"com.proto","data":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"a":1}}'
    const answer = await server.ask('POST', '/api/v1/events', event, { 'content-type': 'application/cloudevents+json' })
    expect(answer.statusCode).toBe(202)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  test('a claimed file path in a body is only text', async () => {
    const answer = await server.ask(
      'POST',
      '/api/v1/events',
      cloudEvent({ data: { filename: '/etc/passwd', path: 'file:///etc/passwd' } }),
      { 'content-type': 'application/cloudevents+json' },
    )
    expect(answer.statusCode).toBe(202)
    expect(answer.body).not.toContain('root:')
  })
})

describe('other sites', () => {
  const foreign = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://localhost:9999', host: 'localhost:80' },
  ]
  test.each(foreign)('a post with %o and the cookie of a signed-in admin is refused', async (headers) => {
    const browser = await signedIn(server, 'admin')
    const answer = await server.ask('PUT', '/api/v1/flows/stolen', listeningFlow('stolen'), {
      ...browser,
      ...(headers as Record<string, string>),
    })
    expect(answer.json()).toMatchObject({ status: 403, code: 'SLU_ORIGIN_REFUSED' })
  })

  test('our own page may', async () => {
    const browser = await signedIn(server, 'admin')
    const answer = await server.ask('PUT', '/api/v1/flows/own', listeningFlow('own'), {
      ...browser,
      origin: 'http://localhost:80',
      'sec-fetch-site': 'same-origin',
    })
    expect(answer.statusCode).toBe(201)
  })

  test('another site cannot sign its visitor in or make the first admin', async () => {
    const body = { email: 'x@example.com', password: 'correct horse battery' }
    expect((await server.ask('POST', '/api/v1/session', body, { authorization: '', origin: 'https://evil.example' })).statusCode).toBe(403)
    expect(
      (await server.ask('POST', '/api/v1/setup', { ...body, name: 'x' }, { authorization: '', 'sec-fetch-site': 'cross-site' })).statusCode,
    ).toBe(403)
  })

  test('another site cannot listen to the stream', async () => {
    const browser = await signedIn(server, 'admin')
    expect((await server.ask('GET', '/api/v1/stream', undefined, { ...browser, origin: 'https://evil.example' })).statusCode).toBe(403)
  })

  test('a name that was pointed at this machine is not answered (DNS rebinding)', async () => {
    const answer = await server.ask('GET', '/api/v1/setup', undefined, { authorization: '', host: 'evil.example' })
    expect(answer.json()).toMatchObject({ status: 421, code: 'SLU_HOST_REFUSED' })
  })

  test('no answer allows another origin to read it', async () => {
    const answer = await server.ask('GET', '/api/v1/flows', undefined, { origin: 'https://evil.example' })
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
  })
})

describe('the wire', () => {
  test('a flood of headers is refused', async () => {
    const flood = Array.from({ length: 2_000 }, (_, index) => `x-flood-${index}: ${'y'.repeat(20)}`).join('\r\n')
    const got = await raw(`GET /health/live HTTP/1.1\r\nhost: localhost\r\n${flood}\r\n\r\n`)
    expect(got).toMatch(/^HTTP\/1\.1 431 /)
    expect(got).toContain('SLU_HEADERS_TOO_LARGE')
  })

  test.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['an odd method', 'BREW /coffee HTTP/1.1\r\nhost: localhost\r\n\r\n'],
    ['two lengths (smuggling)', 'POST /api/v1/events HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello'],
    [
      'length and chunks (smuggling)',
      'POST /api/v1/events HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    [
      'a broken chunk',
      `POST /api/v1/events HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${adminToken}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`,
    ],
    ['a folded header', 'GET /health/live HTTP/1.1\r\nhost: localhost\r\nx-a: b\r\n c\r\n\r\n'],
    ['lines that end in LF alone', 'GET /health/live HTTP/1.1\nhost: localhost\n\n'],
    ['a carriage return inside a header', 'GET /health/live HTTP/1.1\r\nhost: localhost\r\nx-a: b\rc: d\r\n\r\n'],
    ['a space before the colon', 'GET /health/live HTTP/1.1\r\nhost : localhost\r\n\r\n'],
    ['another coding than chunked', 'POST /api/v1/events HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n'],
  ])('%s is refused and the server lives', async (_name, text) => {
    expect(await raw(text)).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect((await server.ask('GET', '/health/live')).statusCode).toBe(200)
  })

  const get = (headers: string, target = '/health/live') => `GET ${target} HTTP/1.1\r\n${headers}\r\n`
  const manyHeaders = Array.from({ length: 150 }, (_, index) => `x-${index}: y\r\n`).join('')
  test.each([
    ['no host', get(''), 400, 'SLU_HOST_MISSING'],
    ['two hosts', get('host: localhost\r\nhost: evil.example\r\n'), 400, 'SLU_HEADER_REPEATED'],
    ['two callers', get('host: localhost\r\nauthorization: Bearer a\r\nAuthorization: Bearer b\r\n'), 400, 'SLU_HEADER_REPEATED'],
    ['the address of another site', get('host: localhost\r\n', 'http://evil.example/health/live'), 421, 'SLU_HOST_REFUSED'],
    ['the address of another port of ours', get('host: localhost:7\r\n', 'http://localhost:8/health/live'), 421, 'SLU_HOST_REFUSED'],
    ['an address with a name in front', get('host: localhost\r\n', 'http://evil@localhost/health/live'), 421, 'SLU_HOST_REFUSED'],
    ['an address of another kind', get('host: localhost\r\n', 'ftp://localhost/health/live'), 421, 'SLU_HOST_REFUSED'],
    ['a host that could not be read beside the others', get(`${manyHeaders}host: localhost\r\n`), 431, 'SLU_HEADERS_TOO_LARGE'],
    ['more headers than are read', get(`host: localhost\r\n${manyHeaders}`), 431, 'SLU_HEADERS_TOO_LARGE'],
    ['an expectation nobody meets', get('host: localhost\r\nexpect: 200-ok\r\n'), 417, 'SLU_EXPECTATION_REFUSED'],
    [
      'a body packed on its way',
      'POST /api/v1/events HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
      415,
      'SLU_ENCODING_REFUSED',
    ],
    ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nhost: localhost\r\n\r\n', 405, 'SLU_METHOD_REFUSED'],
  ])('%s is refused with a problem document', async (_name, text, status, code) => {
    const got = await raw(text)
    expect(got).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(got).toContain('application/problem+json')
    expect(got).toContain(code)
    expect((await server.ask('GET', '/health/live')).statusCode).toBe(200)
  })

  test('an address in the request line that names our own host is answered, and so is a body that waits for 100 Continue', async () => {
    expect(await raw(get('host: localhost:7\r\n', 'http://LOCALHOST:7/health/live'))).toMatch(/^HTTP\/1\.1 200 /)
    expect(await raw(get('host: localhost:80\r\n', 'http://localhost/health/live'))).toMatch(/^HTTP\/1\.1 200 /)
    const body = JSON.stringify(cloudEvent())
    const headers = `host: localhost\r\nauthorization: Bearer ${adminToken}\r\ncontent-type: application/json\r\nexpect: 100-continue\r\n`
    const got = await raw(`POST /api/v1/events HTTP/1.1\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`)
    expect(got).toMatch(/^HTTP\/1\.1 100 /)
    expect(got).toContain('HTTP/1.1 202 ')
  })

  test('TRACE and CONNECT lead nowhere', async () => {
    expect(await raw('TRACE /api/v1/flows HTTP/1.1\r\nhost: localhost\r\n\r\n')).toMatch(/^HTTP\/1\.1 40[45] /)
    expect(await raw('CONNECT evil.example:443 HTTP/1.1\r\nhost: localhost\r\n\r\n', 500)).not.toMatch(/ 200 /)
  })
})

test('nothing of a request’s content was logged', async () => {
  await server.ask('POST', '/api/v1/session', { email: 'wang.wei@example.com', password: 'secret horse battery' }, { authorization: '' })
  await server.ask('GET', '/api/v1/customers/c-secret-1?query=Wang')
  await server.ask('GET', '/api/v1/runs?subject=c-secret-2')
  const all = server.logged.join('\n')
  expect(all.length).toBeGreaterThan(0)
  for (const secret of ['wang.wei', 'secret horse', 'c-secret', 'Wang', adminToken, 'correct horse']) expect(all).not.toContain(secret)
})
