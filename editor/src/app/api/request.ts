import type { Early } from '../early.ts'
import { dataLanguage, translate } from '../i18n/index.ts'
import { type ProblemBody, ProblemError } from './problem-error.ts'
import { notePosition } from './stream-position.ts'

export const apiBase = '/api/v1'

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>

export interface RequestOptions {
  readonly query?: Query | undefined
  readonly body?: unknown
  /** Sent as is with this type, for example a CSV file. */
  readonly raw?: { readonly type: string; readonly content: Blob | string }
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

export interface Answer<Body> {
  readonly status: number
  readonly etag: string | null
  readonly body: Body
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

let onSignedOut: () => void = () => {}

/** The shell says what happens when the server no longer knows this session. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act
}

export function nowSignedOut(): void {
  onSignedOut()
}

export function urlOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return `${apiBase}${path}${text === '' ? '' : `?${text}`}`
}

/** 128 random bits in hexadecimal; `randomUUID` does not exist on plain http in a local network. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return null
  return /\bjson\b/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text
}

/** The answer to a question that the page asked before its scripts were there (`early.ts`); each is taken once. */
async function takeEarly(url: string, language: string | undefined): Promise<Response | null> {
  const { sluiceEarly: early } = globalThis as { readonly sluiceEarly?: Early }
  const answer = early?.language === language ? early?.answers.get(url) : undefined
  early?.answers.delete(url)
  return (await answer) ?? null
}

/** One request. Throws `ProblemError` for everything that is not a success, also when no answer came. */
export async function send<Body>(method: Method, path: string, options: RequestOptions = {}): Promise<Answer<Body>> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': dataLanguage(), ...options.headers }
  if (options.raw !== undefined) headers['content-type'] = options.raw.type
  else if (options.body !== undefined) headers['content-type'] = 'application/json'
  if (method === 'POST' && headers['idempotency-key'] === undefined) headers['idempotency-key'] = newKey()
  const body = options.raw?.content ?? (options.body === undefined ? null : JSON.stringify(options.body))

  const url = urlOf(path, options.query)
  let response: Response
  try {
    response =
      (method === 'GET' ? await takeEarly(url, headers['accept-language']) : null) ??
      (await fetch(url, { method, headers, body, credentials: 'same-origin', signal: options.signal ?? null }))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ProblemError(0, { code: 'SLU_NETWORK', title: translate('app.problem.title'), detail: translate('app.problem.network') })
  }

  notePosition(response.headers.get('sluice-position'))
  let content: unknown = null
  let readable = true
  try {
    content = await readBody(response)
  } catch {
    readable = false
  }
  if (response.ok && readable) return { status: response.status, etag: response.headers.get('etag'), body: content as Body }
  if (response.status === 401 && path !== '/session') onSignedOut()
  throw new ProblemError(response.status, problemBody(content, response.status))
}

function problemBody(content: unknown, status: number): ProblemBody {
  if (typeof content === 'object' && content !== null && ('code' in content || 'title' in content)) return content as ProblemBody
  return {
    code: 'SLU_ANSWER_UNREADABLE',
    title: translate('app.problem.title'),
    detail: translate('app.problem.unexpected', { status }),
  }
}

/** The body alone, which is what most callers want. */
export const api = {
  get: async <Body>(path: string, query?: Query, signal?: AbortSignal) => (await send<Body>('GET', path, { query, signal })).body,
  post: async <Body>(path: string, body: unknown = {}) => (await send<Body>('POST', path, { body })).body,
  put: async <Body>(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    (await send<Body>('PUT', path, { body, headers })).body,
  patch: async <Body>(path: string, body: unknown) => (await send<Body>('PATCH', path, { body })).body,
  delete: async <Body>(path: string) => (await send<Body>('DELETE', path)).body,
}
