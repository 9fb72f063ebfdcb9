import type { Json } from '@sluice/flows'
import { refuse } from '../http/errors/refusal.ts'
import { parseJson } from '../http/json-body.ts'
import type { Language } from '../http/language.ts'
import { utf8 } from '../http/utf8.ts'

type Headers = { readonly [name: string]: string | string[] | undefined }

/** CloudEvents HTTP binding §3.1: the attributes are `ce-` headers, the body is the data. Gives the same event in JSON form. */
export function fromBinaryMode(headers: Headers, mediaType: string, body: Uint8Array, language: Language): Json {
  const event: Record<string, Json> = {}
  for (const [header, value] of Object.entries(headers)) {
    if (header.startsWith('ce-') && typeof value === 'string') event[header.slice(3)] = percentDecoded(value)
  }
  if (mediaType !== '') event.datacontenttype = mediaType
  if (body.length === 0) return event
  if (mediaType === 'application/json' || mediaType.endsWith('+json')) return { ...event, data: parseJson(utf8(body), language) }
  if (mediaType.startsWith('text/') || mediaType.endsWith('/xml') || mediaType.endsWith('+xml')) return { ...event, data: utf8(body) }
  return { ...event, data_base64: Buffer.from(body).toString('base64') }
}

/** §3.1.3.2: values outside printable ASCII travel percent-encoded, and may stand in quotes. */
function percentDecoded(value: string): string {
  const plain = /^"(.*)"$/s.exec(value)?.[1]?.replace(/\\(.)/g, '$1') ?? value
  if (!plain.includes('%')) return plain
  try {
    return decodeURIComponent(plain)
  } catch {
    throw refuse('SLU_EVENT_INVALID', { details: [{ path: '', message: 'ce- header: percent-encoding' }] })
  }
}
