import { refuse } from '../http/errors/refusal.ts'

export interface SiteHeaders {
  readonly origin?: string | undefined
  readonly host?: string | undefined
  readonly 'sec-fetch-site'?: string | undefined
}

/**
 * A cookie says who the browser belongs to, not who wrote the request. Browsers name the page that did in `Sec-Fetch-Site` and
 * `Origin`; anything but our own page is refused, also another port of the same host, which SameSite=Strict would let through.
 * A client that sends neither is no browser (curl with a cookie): it cannot be tricked by a page.
 */
export function assertSameSite(headers: SiteHeaders, publicOrigin: string | null): void {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw refuse('SLU_ORIGIN_REFUSED')
  const { origin } = headers
  if (origin !== undefined && !isOwn(origin, headers.host, publicOrigin)) throw refuse('SLU_ORIGIN_REFUSED')
}

function isOwn(origin: string, host: string | undefined, publicOrigin: string | null): boolean {
  if (origin === publicOrigin) return true
  if (host === undefined || !URL.canParse(origin)) return false
  const { protocol, host: from } = new URL(origin)
  const own = `${protocol}//${host}`
  return URL.canParse(own) && new URL(own).host === from
}
