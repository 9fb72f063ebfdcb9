import type { Json } from '@sluice/sdk'

/** What counts as true in a condition: JSONata's `$boolean`, so that a rule means the same here and inside an expression. */
export function isTrue(value: Json | undefined): boolean {
  if (value === undefined || value === null) return false
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return value !== 0
  if (typeof value === 'string') return value.length > 0
  if (Array.isArray(value)) return value.some((item) => isTrue(item))
  return Object.keys(value).length > 0
}
