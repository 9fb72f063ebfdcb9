import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { parseAllowList } from './allow-list.ts'
import { fetchLimits, type GuardedFetch, guardedFetch, type Resolve } from './guarded-fetch.ts'

const open: { servers: Server[]; fetches: GuardedFetch[] } = { servers: [], fetches: [] }
afterEach(async () => {
  for (const server of open.servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
  await Promise.all(open.fetches.splice(0).map((one) => one.close()))
})

async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> {
  const server = createServer(handle)
  open.servers.push(server)
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  return (server.address() as AddressInfo).port
}

function guard(list: string, resolver?: Resolve): GuardedFetch {
  const allowed = parseAllowList(list)
  const made = resolver === undefined ? guardedFetch(() => allowed) : guardedFetch(() => allowed, resolver)
  open.fetches.push(made)
  return made
}

const get = { method: 'GET' }
const code = (value: string) => expect.objectContaining({ code: value })

test('without a list nothing may leave', async () => {
  await expect(guard('').fetch('https://example.com/', get)).rejects.toEqual(code('SLU_HTTP_HOST_DENIED'))
})

const forms = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://0x7f.1/',
  'http://2130706433/',
  'http://0177.0.0.1/',
  'http://0/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://[fd00:ec2::254]/',
  'http://１２７.０.０.１/',
]
test.each(forms)('%s is refused even when any public host is allowed', async (url) => {
  await expect(guard('*').fetch(url, get)).rejects.toEqual(code('SLU_HTTP_ADDRESS_DENIED'))
})

test('a name that leads inside is refused, by any of its addresses', async () => {
  const resolver: Resolve = async () => [
    { address: '93.184.216.34', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ]
  await expect(guard('*', resolver).fetch('http://rebind.example/', get)).rejects.toEqual(code('SLU_HTTP_ADDRESS_DENIED'))
  await expect(guard('*').fetch('http://localhost/', get)).rejects.toEqual(code('SLU_HTTP_ADDRESS_DENIED'))
})

test('the connection goes to the address that was checked: a name is resolved once', async () => {
  let asked = 0
  const port = await serve((_request, response) => response.end('hello'))
  const resolver: Resolve = async () => {
    asked += 1
    return [{ address: asked === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }]
  }
  const answer = await guard(`private:inner.example:${port}`, resolver).fetch(`http://inner.example:${port}/`, get)
  expect(answer).toMatchObject({ status: 200, text: 'hello' })
  expect(asked).toBe(1)
})

test('a host named as private on purpose is reachable, its neighbours and metadata services are not', async () => {
  const port = await serve((_request, response) => response.end('hello'))
  const other = await serve((_request, response) => response.end('other'))
  const { fetch } = guard(`private:127.0.0.1:${port} private:169.254.169.254:80`)
  expect((await fetch(`http://127.0.0.1:${port}/`, get)).text).toBe('hello')
  await expect(fetch(`http://127.0.0.1:${other}/`, get)).rejects.toEqual(code('SLU_HTTP_HOST_DENIED'))
  await expect(fetch('http://169.254.169.254/', get)).rejects.toEqual(code('SLU_HTTP_ADDRESS_DENIED'))
})

test('schemes, passwords in addresses and odd ports are refused', async () => {
  const { fetch } = guard('*')
  await expect(fetch('file:///etc/passwd', get)).rejects.toEqual(code('SLU_HTTP_SCHEME'))
  await expect(fetch('gopher://example.com/', get)).rejects.toEqual(code('SLU_HTTP_SCHEME'))
  await expect(fetch('http://user:secret@example.com/', get)).rejects.toEqual(code('SLU_HTTP_URL'))
  await expect(fetch('http://example.com:6379/', get)).rejects.toEqual(code('SLU_HTTP_HOST_DENIED'))
  await expect(fetch('nonsense', get)).rejects.toEqual(code('SLU_HTTP_URL'))
})

test('each hop of a redirect is checked again', async () => {
  const port = await serve((_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end())
  const { fetch } = guard(`* private:127.0.0.1:${port}`)
  await expect(fetch(`http://127.0.0.1:${port}/`, get)).rejects.toEqual(code('SLU_HTTP_ADDRESS_DENIED'))
})

test('a redirect to another origin loses the credential, a POST becomes a GET', async () => {
  const seen: IncomingMessage[] = []
  const target = await serve((request, response) => {
    seen.push(request)
    response.end('end')
  })
  const port = await serve((_request, response) => response.writeHead(302, { location: `http://127.0.0.1:${target}/` }).end())
  const { fetch } = guard(`private:127.0.0.1:${port} private:127.0.0.1:${target}`)
  const headers = { Authorization: 'Bearer secret', 'X-Api-Key': 'secret', Accept: 'text/plain' }
  expect((await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: 'x' })).text).toBe('end')
  expect(seen[0]?.method).toBe('GET')
  expect(seen[0]?.headers).toMatchObject({ accept: 'text/plain' })
  expect(JSON.stringify(seen[0]?.headers)).not.toContain('secret')
})

test('redirects in a ring come to an end', async () => {
  const port = await serve((request, response) => response.writeHead(302, { location: request.url ?? '/' }).end())
  await expect(guard(`private:127.0.0.1:${port}`).fetch(`http://127.0.0.1:${port}/`, get)).rejects.toEqual(code('SLU_HTTP_REDIRECTS'))
})

test('an answer that never ends, is too large or compressed is cut off', async () => {
  const endless = await serve((_request, response) => {
    const more = () => response.write('x'.repeat(65_536), () => setImmediate(more))
    more()
  })
  const bomb = await serve((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(1_000_000)))
  })
  const { fetch } = guard(`private:127.0.0.1:${endless} private:127.0.0.1:${bomb}`)
  await expect(fetch(`http://127.0.0.1:${endless}/`, get)).rejects.toEqual(code('SLU_HTTP_ANSWER_TOO_LARGE'))
  await expect(fetch(`http://127.0.0.1:${bomb}/`, get)).rejects.toEqual(code('SLU_HTTP_ENCODING'))
  const body = 'x'.repeat(fetchLimits.requestBytesMax + 1)
  await expect(fetch(`http://127.0.0.1:${bomb}/`, { method: 'POST', body })).rejects.toEqual(code('SLU_HTTP_BODY_TOO_LARGE'))
})

test('a silent or dripping server is given up in time', async () => {
  const silent = await serve(() => undefined)
  const { fetch } = guard(`private:127.0.0.1:${silent}`)
  await expect(fetch(`http://127.0.0.1:${silent}/`, { ...get, timeoutMs: 100 })).rejects.toEqual(code('SLU_HTTP_TIMEOUT'))
})

test('headers that shape the connection are ours', async () => {
  let headers: IncomingMessage['headers'] = {}
  const port = await serve((request, response) => {
    headers = request.headers
    response.end()
  })
  const forged = { Host: 'evil.example', 'Transfer-Encoding': 'chunked', Connection: 'upgrade', 'Accept-Encoding': 'gzip' }
  await guard(`private:127.0.0.1:${port}`).fetch(`http://127.0.0.1:${port}/`, { ...get, headers: forged })
  expect(headers).toMatchObject({ host: `127.0.0.1:${port}`, 'accept-encoding': 'identity' })
  expect(headers['transfer-encoding']).toBeUndefined()
})

test('a refusal repeats neither address nor secret', async () => {
  const failure = await guard('*')
    .fetch('http://10.0.0.1/?token=hush', get)
    .catch((error: Error) => error)
  expect(String((failure as Error).message)).not.toMatch(/hush|10\.0/)
})

test('an entry of the list that cannot be read is refused, not skipped', () => {
  for (const entry of ['http://example.com', 'exa mple.com/x', 'private:*', '*.', 'host:99999']) {
    expect(() => parseAllowList(entry), entry).toThrow('SLU_ALLOW_HOSTS')
  }
})
