import { createHash } from 'node:crypto'

/** Names the bytes of a flow file. */
export function etagOf(file: string): string {
  return createHash('sha256').update(file).digest('base64url').slice(0, 27)
}

/** `"abc"`, `W/"abc"`, `*` or nothing of an If-Match or If-None-Match header. Of a list the member that is current counts, else its first. */
export function readEtag(header: string | undefined, current?: string): string | null {
  if (header === undefined) return null
  const asked = header.split(',').map((each) => each.trim().replace(/^W\//, '').replace(/^"|"$/g, ''))
  return asked.find((each) => each === current) ?? asked[0] ?? null
}
