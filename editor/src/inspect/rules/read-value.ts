import type { Scalar } from './rule.ts'

const units: { readonly [unit: string]: number } = { 万: 1e4, 亿: 1e8, '%': 0.01 }

/** What a person writes into a value, by the type of the data it is compared with; without a type it is what it looks like. */
export function readValue(text: string, type: string): Scalar {
  const trimmed = text.trim()
  if (type === 'string') return text
  const number = /^([+-]?\d+(?:\.\d+)?)\s*([万亿%]?)$/.exec(trimmed)
  if (number !== null) return Number((Number(number[1]) * (units[number[2] ?? ''] ?? 1)).toPrecision(15))
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true'
  return trimmed === 'null' ? null : text
}

export function readList(text: string, type: string): readonly Scalar[] {
  return text
    .split(/[,，、]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => readValue(part, type))
}

export function writeValue(value: Scalar): string {
  return value === null ? 'null' : String(value)
}
