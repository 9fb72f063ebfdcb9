export type JsonType = 'nothing' | 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'masked'

/** Of a sealed value what is known of it: its kind, or only that it is sealed. */
export function typeOf(value: unknown): JsonType {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'object') return '$masked' in value ? sealedType(value) : 'object'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value === 'boolean' ? 'boolean' : 'string'
}

function sealedType(seal: object): JsonType {
  const type = 'type' in seal ? seal.type : null
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'masked'
}
