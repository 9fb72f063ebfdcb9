import { typeOf } from './type-of.ts'

/** Places of a sample that are not as a port promises: missing, or of another type. Of a sealed value only its kind is known. */
export function misfits(value: unknown, schema: unknown, path = ''): readonly string[] {
  if (typeof schema !== 'object' || schema === null || path.split('.').length > depthMax) return []
  const { type, properties, required, items } = schema as Readonly<Record<string, unknown>>
  if (typeof value === 'object' && value !== null && '$masked' in value)
    return typeof type !== 'string' || sealFits(value, type) ? [] : [path === '' ? type : path]
  if (typeof type === 'string' && !isOf(value, type)) return [path === '' ? type : path]
  if (Array.isArray(value)) return value.slice(0, itemsMax).flatMap((each, index) => misfits(each, items, `${path}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Readonly<Record<string, unknown>>
  const below = (name: string) => (path === '' ? name : `${path}.${name}`)
  const missing = (Array.isArray(required) ? required.map(String) : []).filter((name) => !(name in holder)).map(below)
  const parts = typeof properties === 'object' && properties !== null ? Object.entries(properties) : []
  return [...missing, ...parts.flatMap(([name, each]) => (name in holder ? misfits(holder[name], each, below(name)) : []))]
}

function sealFits(seal: object, type: string): boolean {
  const kind = typeOf(seal)
  return kind === 'masked' || kind === type || (kind === 'number' && type === 'integer')
}

const depthMax = 8
const itemsMax = 20

function isOf(value: unknown, type: string): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    case 'null':
      return value === null
    default:
      return typeof value === type
  }
}
