import { createHash, timingSafeEqual } from 'node:crypto'

/** The platform's signature: SHA-1, hex, over the sorted parts written together. */
function signatureOf(parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex')
}

/** Compares in constant time; a missing or oddly sized signature is simply wrong. */
export function isSigned(signature: string | undefined, parts: readonly string[]): boolean {
  const expected = Buffer.from(signatureOf(parts))
  const given = Buffer.from(signature ?? '')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
