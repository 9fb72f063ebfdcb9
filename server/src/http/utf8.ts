import { isUtf8 } from 'node:buffer'
import { refuse } from './errors/refusal.ts'

/** Bytes as text; anything but UTF-8 is refused, because a decoder that guesses changes what was said. */
export function utf8(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw refuse('SLU_BODY_NOT_JSON')
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start).toString('utf8')
}
