import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { dataLanguage, switchLanguage, useLanguageStore } from '../i18n/index.ts'
import { worthRetrying } from './client.ts'
import { ProblemError } from './problem-error.ts'
import { api, send, urlOf, whenSignedOut } from './request.ts'

function answer(status: number, body: unknown, type = 'application/problem+json'): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(status === 204 ? null : text, { status, headers: { 'content-type': type, etag: '"v1"' } })),
  )
}
function sent(): RequestInit {
  return vi.mocked(fetch).mock.calls[0]?.[1] ?? {}
}

afterEach(() => vi.unstubAllGlobals())
// The next file of this worker begins without a language, as this one did.
afterAll(() => useLanguageStore.setState({ language: 'en', t: (id) => id }))

test('a refusal carries code, words and the fields that are wrong', async () => {
  answer(422, {
    code: 'SLU_BODY_INVALID',
    title: 'Not valid',
    detail: 'Two fields are wrong',
    errors: [{ path: '/name', message: 'is missing' }],
  })
  const problem = await api.post('/users', {}).catch((error: unknown) => error)
  expect(problem).toBeInstanceOf(ProblemError)
  expect(problem).toMatchObject({ status: 422, code: 'SLU_BODY_INVALID', message: 'Two fields are wrong', errors: [{ path: '/name' }] })
})

test('a page of a proxy instead of an answer is named as such, not shown', async () => {
  answer(502, '<html>Bad gateway</html>', 'text/html')
  const problem = await api.get('/runs').catch((error: unknown) => error)
  expect(problem).toMatchObject({ status: 502, code: 'SLU_ANSWER_UNREADABLE' })
  expect(String(problem)).not.toContain('<html>')
})

test('broken JSON in a success is a problem too', async () => {
  answer(200, '{"items":[', 'application/json')
  await expect(api.get('/runs')).rejects.toMatchObject({ code: 'SLU_ANSWER_UNREADABLE' })
})

test('no answer at all has a code of its own', async () => {
  vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('Failed to fetch')))
  await expect(api.get('/runs')).rejects.toMatchObject({ status: 0, code: 'SLU_NETWORK' })
})

test('a session that ended is told once, and asking for the session itself is no news', async () => {
  const ended = vi.fn()
  whenSignedOut(ended)
  answer(401, { code: 'SLU_SIGN_IN_REQUIRED', title: 'Sign in' })
  await api.get('/session').catch(() => {})
  expect(ended).not.toHaveBeenCalled()
  await api.get('/runs').catch(() => {})
  expect(ended).toHaveBeenCalledOnce()
})

test('requests say the language of the screen and writes carry a key of their own', async () => {
  vi.stubGlobal('document', { documentElement: {} })
  await switchLanguage('zh-CN')
  answer(200, {}, 'application/json')
  await api.post('/runs/r-1/cancel')
  const headers = sent().headers as Record<string, string>
  expect(headers['accept-language']).toBe('zh-CN')
  expect(headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/)
})

test('an empty answer is null and the ETag comes along', async () => {
  answer(204, '')
  await expect(send('DELETE', '/demo')).resolves.toEqual({ status: 204, etag: '"v1"', body: null })
})

test('filters that are not set leave no trace in the address', () => {
  expect(urlOf('/runs', { state: 'failed', flow: undefined, subject: '', limit: 50, cursor: null })).toBe(
    '/api/v1/runs?state=failed&limit=50',
  )
})

test('only silence and overload are worth asking again, twice', () => {
  const overload = new ProblemError(503, { code: 'SLU_BUSY' })
  expect(worthRetrying(0, overload)).toBe(true)
  expect(worthRetrying(2, overload)).toBe(false)
  expect(worthRetrying(0, new ProblemError(404, { code: 'SLU_RUN_UNKNOWN' }))).toBe(false)
  expect(worthRetrying(0, new Error('ours'))).toBe(false)
})

test('an answer that was asked for before the scripts were there is taken once, in the language it was asked in', async () => {
  answer(200, { from: 'the network' }, 'application/json')
  const early = (body: object) => Promise.resolve(new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } }))
  const answers = new Map<string, Promise<Response | null>>([
    ['/api/v1/session', early({ from: 'early' })],
    ['/api/v1/setup', Promise.resolve(null)],
  ])
  vi.stubGlobal('sluiceEarly', { language: dataLanguage(), answers })
  expect(await api.get('/session')).toEqual({ from: 'early' })
  expect(fetch).not.toHaveBeenCalled()
  expect(await api.get('/session')).toEqual({ from: 'the network' })
  expect(await api.get('/setup')).toEqual({ from: 'the network' })

  answers.set('/api/v1/session', early({ from: 'early' }))
  vi.stubGlobal('sluiceEarly', { language: 'another', answers })
  expect(await api.get('/session')).toEqual({ from: 'the network' })
})

test('an early question that nothing answered is no answer here either', async () => {
  vi.stubGlobal('sluiceEarly', {
    language: dataLanguage(),
    answers: new Map([['/api/v1/setup', Promise.reject(new TypeError('Failed to fetch'))]]),
  })
  await expect(api.get('/setup')).rejects.toMatchObject({ code: 'SLU_NETWORK', status: 0 })
})
