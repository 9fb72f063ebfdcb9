import { exactIntegers } from '@sluice/flows'
import type { Json } from '@sluice/sdk'

/** A request written down, ready to be sent. Plain JSON; credentials are added at the door only. */
export interface PreparedRequest {
  readonly method: string
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  readonly body: string | null
  readonly connection: string | null
}

/** Longest body we order: an outbox row, not a file transfer. */
export const bodyBytesMax = 1024 * 1024

/** Header names that belong to the transport or to us. */
const ownHeaders = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'idempotency-key', 'upgrade', 'te', 'trailer'])

export function httpRequestOf(config: {
  readonly method: string
  readonly url: string
  readonly headers?: { readonly [name: string]: string }
  readonly body?: unknown
  readonly connection?: string
}): PreparedRequest | null {
  if (hostOf(config.url) === null) return null
  const headers = cleanHeaders(config.headers ?? {})
  const carries = config.body !== undefined && config.body !== null && config.method !== 'GET' && config.method !== 'HEAD'
  const asJson = carries && typeof config.body !== 'string'
  return {
    method: config.method,
    url: config.url,
    headers: asJson && headers['content-type'] === undefined ? { ...headers, 'content-type': 'application/json' } : headers,
    body: carries ? (typeof config.body === 'string' ? config.body : JSON.stringify(config.body)) : null,
    connection: config.connection ?? null,
  }
}

/** Host of an http(s) address in lower case, port left out; null for anything else, also for addresses with a user name in them. */
export function hostOf(url: string): string | null {
  const found = /^https?:\/\/([^/?#\\@\s]+)(?:[/?#][^\s]*)?$/i.exec(url)
  const authority = found?.[1]?.toLowerCase()
  if (authority === undefined) return null
  return authority.startsWith('[') ? authority.slice(0, authority.indexOf(']') + 1) : authority.replace(/:\d+$/, '')
}

/** JSON when the answer says so and is, else text. Whole numbers that would be rounded are kept as text, as in events. */
export function readBody(text: string, contentType: string | undefined): Json {
  if (contentType === undefined || !/^application\/(?:[\w.+-]{1,64}\+)?json\b/i.test(contentType)) return text
  try {
    return JSON.parse(exactIntegers(text)) as Json
  } catch {
    return text
  }
}

function cleanHeaders(headers: { readonly [name: string]: string }): { readonly [name: string]: string } {
  const kept = Object.entries(headers).flatMap(([name, value]) => {
    const key = name.toLowerCase()
    return /^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(key) && !ownHeaders.has(key) ? [[key, String(value).replace(/[\r\n\0]/g, ' ')] as const] : []
  })
  return Object.fromEntries(kept)
}
