import type { IncomingMessage } from 'node:http'
import { type Refusal, refuse } from './errors/refusal.ts'
import { httpLimits } from './limits.ts'

/**
 * What Node's parser lets through and HTTP does not (RFC 9110, 9112): no host, a header twice, more headers than we read, a coding of
 * the transfer that nobody here undoes. Null: well formed. It is on the way of every request, so names are told apart by length first.
 */
export function malformed({ rawHeaders, headers, httpVersionMinor }: IncomingMessage): Refusal | null {
  // Node drops what is beyond its own bound without a word, and a dropped header could be the one that counts.
  if (rawHeaders.length > httpLimits.headersMax * 2) return refuse('SLU_HEADERS_TOO_LARGE', { headers: { connection: 'close' } })
  let seen = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const bit = bitOf(rawHeaders[index] as string)
    if ((seen & bit) !== 0) return refuse('SLU_HEADER_REPEATED', { values: { name: String(rawHeaders[index]).toLowerCase() } })
    seen |= bit
  }
  if (headers.host === undefined && httpVersionMinor > 0) return refuse('SLU_HOST_MISSING', { headers: { connection: 'close' } })
  const coding = headers['transfer-encoding']
  if (coding !== undefined && coding.toLowerCase() !== 'chunked')
    return refuse('SLU_ENCODING_REFUSED', { headers: { connection: 'close' } })
  return null
}

/** Whose site, who asks, what the body is: a reader in front of us could believe the other one of two. Everything else: 0. */
function bitOf(name: string): number {
  switch (name.length) {
    case 4:
      return name.toLowerCase() === 'host' ? 1 : 0
    case 12:
      return name.toLowerCase() === 'content-type' ? 2 : 0
    case 13:
      return name.toLowerCase() === 'authorization' ? 4 : 0
    default:
      return 0
  }
}
