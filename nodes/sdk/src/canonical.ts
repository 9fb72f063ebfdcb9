import type { Json } from '@sluice/flows'

/**
 * JSON in the one form that hashes alike everywhere (RFC 8785): keys sorted by UTF-16 code unit, no spaces, numbers as ECMAScript prints them.
 * @example `canonicalJson({ b: 1, a: [true] }) // '{"a":[true],"b":1}'`
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const object = value as { readonly [key: string]: Json }
  const fields = Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key] ?? null)}`)
  return `{${fields.join(',')}}`
}
