import { createHash } from 'node:crypto'

/** Names the bytes of a flow file. */
export function etagOf(file: string): string {
  return createHash('sha256').update(file).digest('base64url').slice(0, 27)
}

/** `"abc"`, `W/"abc"`, `*` or nothing of an If-Match or If-None-Match header; a list counts as its first member. */
export function readEtag(header: string | undefined): string | null {
  if (header === undefined) return null
  const first = header.split(',', 1)[0]?.trim() ?? ''
  return first === '*' ? '*' : first.replace(/^W\//, '').replace(/^"|"$/g, '')
}
