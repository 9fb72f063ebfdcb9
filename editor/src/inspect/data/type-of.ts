export type JsonType = 'nothing' | 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'masked'

export function typeOf(value: unknown): JsonType {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'object') return '$masked' in value ? 'masked' : 'object'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value === 'boolean' ? 'boolean' : 'string'
}
