/**
 * One text per JSON value (RFC 8785): keys sorted by code unit, no spaces, numbers as ECMAScript writes them.
 * Equal values give equal texts, so hashing this text names the value.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => (item === undefined ? 'null' : canonicalJson(item))).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const object = value as Readonly<Record<string, unknown>>
    const keys = sorted(Object.keys(object))
    let text = ''
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] as string
      const item = object[key]
      if (item !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(item)}`
    }
    return `{${text}}`
  }
  return JSON.stringify(value)
}

/** `sort` makes three copies of a list, and nearly all objects have a handful of names. */
function sorted(keys: string[]): readonly string[] {
  if (keys.length > 12) return keys.sort()
  for (let at = 1; at < keys.length; at++) {
    const key = keys[at] as string
    let free = at
    for (; free > 0 && (keys[free - 1] as string) > key; free--) keys[free] = keys[free - 1] as string
    keys[free] = key
  }
  return keys
}
