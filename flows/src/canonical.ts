/**
 * One text per JSON value (RFC 8785): keys sorted by code unit, no spaces, numbers as ECMAScript writes them.
 * Equal values give equal texts, so hashing this text names the value.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => (item === undefined ? 'null' : canonicalJson(item))).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const object = value as Readonly<Record<string, unknown>>
    const keys = Object.keys(object).sort()
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
