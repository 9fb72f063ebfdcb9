/**
 * The only way out. Each hop of a request is checked by name against the allow-list and by resolved address against the reserved
 * ranges; the connection goes to exactly the address that was checked, so a name that resolves anew cannot change it.
 */
import { lookup as resolve } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { problem, type SluiceProblem } from '@sluice/sdk/server'
import { Agent, type Dispatcher, request } from 'undici'
import { kindOfAddress } from './address-guard.ts'
import { type AllowList, type AllowRule, ruleFor } from './allow-list.ts'

export const fetchLimits = {
  redirectsMax: 5,
  bodyBytesMax: 4 * 1024 * 1024,
  requestBytesMax: 4 * 1024 * 1024,
  timeoutMsDefault: 10_000,
  timeoutMsMax: 120_000,
  headerBytesMax: 32 * 1024,
} as const

export interface FetchInit {
  readonly method: string
  readonly headers?: { readonly [name: string]: string }
  readonly body?: string | Buffer
  readonly timeoutMs?: number
}

export interface FetchAnswer {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
  readonly text: string
}

export type Resolve = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>

export interface GuardedFetch {
  fetch(url: string, init: FetchInit, signal?: AbortSignal): Promise<FetchAnswer>
  close(): Promise<void>
}

const resolveAll: Resolve = (host) => resolve(host, { all: true, verbatim: true })

export function guardedFetch(allowed: () => AllowList, resolver: Resolve = resolveAll): GuardedFetch {
  const agents = { public: agentFor(false, resolver), private: agentFor(true, resolver) }

  async function hop(
    url: URL,
    init: FetchInit,
    signal: AbortSignal,
  ): Promise<FetchAnswer | { readonly location: string; readonly status: number }> {
    const rule = checkUrl(url, allowed())
    const dispatcher = rule.private ? agents.private : agents.public
    const headers = outgoing(init.headers ?? {})
    const body = init.body ?? null
    const answer = await request(url, { dispatcher, method: init.method as Dispatcher.HttpMethod, headers, body, signal })
    // Cutting a body off raises an error on its stream as well; unheard it would end the process.
    answer.body.on('error', () => undefined)
    const location = answer.headers.location
    if ([301, 302, 303, 307, 308].includes(answer.statusCode) && typeof location === 'string') {
      await answer.body.dump({ limit: 64 * 1024, signal })
      return { location, status: answer.statusCode }
    }
    return { status: answer.statusCode, headers: flat(answer.headers), text: await readCapped(answer) }
  }

  return {
    async fetch(text, init, outer) {
      if ((init.body?.length ?? 0) > fetchLimits.requestBytesMax)
        throw refused('SLU_HTTP_BODY_TOO_LARGE', 413, 'The request body is too large.')
      const time = AbortSignal.timeout(Math.min(init.timeoutMs ?? fetchLimits.timeoutMsDefault, fetchLimits.timeoutMsMax))
      const signal = outer === undefined ? time : AbortSignal.any([time, outer])
      let url = parseUrl(text)
      let current = init
      try {
        for (let hops = 0; hops <= fetchLimits.redirectsMax; hops += 1) {
          const answer = await hop(url, current, signal)
          if ('text' in answer) return answer
          const next = parseUrl(answer.location, url)
          if (url.protocol === 'https:' && next.protocol === 'http:') throw refused('SLU_HTTP_DOWNGRADE', 502, 'A redirect left https.')
          current = redirected(current, answer.status, url.origin === next.origin)
          url = next
        }
        throw refused('SLU_HTTP_REDIRECTS', 502, `More than ${fetchLimits.redirectsMax} redirects.`)
      } catch (error) {
        throw named(error, time)
      }
    },
    async close() {
      await Promise.all([agents.public.destroy(), agents.private.destroy()])
    },
  }
}

function parseUrl(text: string, base?: URL): URL {
  try {
    return new URL(text, base)
  } catch {
    throw refused('SLU_HTTP_URL', 400, 'The address is not a URL.')
  }
}

/** By name. What the name resolves to is checked when the connection is made. */
function checkUrl(url: URL, list: AllowList): AllowRule {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refused('SLU_HTTP_SCHEME', 403, 'Only http and https may leave.')
  if (url.username !== '' || url.password !== '') throw refused('SLU_HTTP_URL', 403, 'An address must not carry a user name or password.')
  const rule = ruleFor(list, url)
  if (rule === null) throw refused('SLU_HTTP_HOST_DENIED', 403, 'This host or port is not on the list of hosts that flows may reach.')
  // A literal address is connected to without being looked up, so it is judged here.
  if (isLiteral(url.hostname)) checkAddress(url.hostname, rule.private)
  return rule
}

function isLiteral(host: string): boolean {
  return host.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(host)
}

function checkAddress(address: string, allowPrivate: boolean): void {
  const kind = kindOfAddress(address)
  if (kind === 'public' || (kind === 'private' && allowPrivate)) return
  throw refused('SLU_HTTP_ADDRESS_DENIED', 403, 'This host leads to an address inside a reserved network.')
}

/** Checks every address a name has, then hands out exactly these: nothing is resolved a second time. */
function agentFor(allowPrivate: boolean, resolver: Resolve): Agent {
  const lookup: LookupFunction = (host, options, callback) => {
    resolver(host).then(
      (found) => {
        try {
          if (found.length === 0) throw refused('SLU_HTTP_UNRESOLVED', 502, 'The host has no address.')
          for (const { address } of found) checkAddress(address, allowPrivate)
          const [first] = found
          if (options.all === true) callback(null, [...found])
          else callback(null, first?.address ?? '', first?.family)
        } catch (error) {
          callback(error as NodeJS.ErrnoException, '', 0)
        }
      },
      () => callback(refused('SLU_HTTP_UNRESOLVED', 502, 'The host has no address.') as NodeJS.ErrnoException, '', 0),
    )
  }
  return new Agent({
    connect: { lookup, timeout: 10_000 },
    maxHeaderSize: fetchLimits.headerBytesMax,
    maxResponseSize: fetchLimits.bodyBytesMax,
    keepAliveTimeout: 5_000,
    keepAliveMaxTimeout: 30_000,
    connections: 32,
    pipelining: 1,
  })
}

/** Headers that shape the connection are ours alone. Uncompressed answers only: a bomb has to be as large as it is. */
function outgoing(headers: { readonly [name: string]: string }): Record<string, string> {
  const own = [
    'host',
    'connection',
    'content-length',
    'transfer-encoding',
    'upgrade',
    'expect',
    'te',
    'trailer',
    'keep-alive',
    'accept-encoding',
  ]
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) if (!own.includes(name.toLowerCase())) kept[name.toLowerCase()] = value
  return { 'user-agent': 'Sluice', ...kept, 'accept-encoding': 'identity' }
}

/** What travels on after a redirect. Another origin gets no credential, whatever header it stands in. */
function redirected(init: FetchInit, status: number, sameOrigin: boolean): FetchInit {
  const bare = ['accept', 'accept-language', 'content-type', 'idempotency-key']
  const entries = Object.entries(init.headers ?? {}).filter(([name]) => sameOrigin || bare.includes(name.toLowerCase()))
  const toGet = status === 303 || ((status === 301 || status === 302) && init.method === 'POST')
  const { body, ...rest } = init
  const kept = toGet || body === undefined ? rest : { ...rest, body }
  return { ...kept, method: toGet && init.method !== 'HEAD' ? 'GET' : init.method, headers: Object.fromEntries(entries) }
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const answer: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) answer[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return answer
}

async function readCapped(answer: Dispatcher.ResponseData): Promise<string> {
  const encoding = answer.headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity') {
    answer.body.destroy()
    throw refused('SLU_HTTP_ENCODING', 502, 'The answer is compressed although that was not asked for.')
  }
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of answer.body) {
    bytes += (part as Buffer).length
    if (bytes > fetchLimits.bodyBytesMax) throw tooLarge()
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts).toString('utf8')
}

function tooLarge(): SluiceProblem {
  return refused('SLU_HTTP_ANSWER_TOO_LARGE', 502, `The answer has more than ${fetchLimits.bodyBytesMax} bytes.`)
}

function refused(code: string, status: number, message: string): SluiceProblem {
  return problem(code, status, message)
}

/** Errors of the network as codes. Their own texts could repeat the address with what stands in it. */
function named(error: unknown, time: AbortSignal): Error {
  const own = ownProblem(error)
  if (own !== null) return own
  if (time.aborted) return refused('SLU_HTTP_TIMEOUT', 504, 'The other side did not answer in time.')
  const code = (error as { code?: unknown }).code
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return tooLarge()
  return refused('SLU_HTTP_FAILED', 502, `The request failed (${typeof code === 'string' ? code : 'no answer'}).`)
}

/** A refusal of the look-up arrives wrapped when a name has several addresses. */
function ownProblem(error: unknown): Error | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (String((at as { code?: unknown }).code).startsWith('SLU_')) return at
    const inner = at instanceof AggregateError ? at.errors.map(ownProblem).find((one) => one !== null) : null
    if (inner !== null && inner !== undefined) return inner
  }
  return null
}
