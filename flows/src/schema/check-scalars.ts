import type { Text } from '../json.ts'
import { matchesPattern, type Schema } from './parts.ts'
import type { Report } from './problem.ts'
import * as texts from './texts.ts'

export function checkNumber(schema: Schema, value: number, path: string, name: Text, report: Report): void {
  if (!Number.isFinite(value)) report('SLU_SCHEMA_TYPE', path, texts.notFinite(name))
  const bounds = [
    { limit: schema.minimum, broken: (limit: number) => value < limit, says: texts.atLeast },
    { limit: schema.maximum, broken: (limit: number) => value > limit, says: texts.atMost },
    { limit: schema.exclusiveMinimum, broken: (limit: number) => value <= limit, says: texts.moreThan },
    { limit: schema.exclusiveMaximum, broken: (limit: number) => value >= limit, says: texts.lessThan },
  ]
  for (const { limit, broken, says } of bounds) {
    if (typeof limit === 'number' && broken(limit)) report('SLU_SCHEMA_RANGE', path, says(name, limit, value))
  }
  const step = schema.multipleOf
  if (typeof step === 'number' && step > 0 && !isMultiple(value, step)) report('SLU_SCHEMA_RANGE', path, texts.multipleOf(name, step))
}

function isMultiple(value: number, step: number): boolean {
  const times = value / step
  return Math.abs(times - Math.round(times)) < 1e-9
}

export function checkText(schema: Schema, value: string, path: string, name: Text, report: Report): void {
  const { minLength, maxLength, pattern } = schema
  // Characters as people count them. `length` is never smaller, so most texts need no counting.
  const length = typeof maxLength === 'number' && value.length <= maxLength ? value.length : [...value].length
  if (typeof minLength === 'number' && length < minLength) {
    if (value === '') report('SLU_SCHEMA_REQUIRED', path, texts.empty(name))
    else report('SLU_SCHEMA_LENGTH', path, texts.charsAtLeast(name, minLength, length))
  } else if (typeof maxLength === 'number' && length > maxLength) {
    report('SLU_SCHEMA_LENGTH', path, texts.charsAtMost(name, maxLength, length))
  } else if (typeof pattern === 'string' && schema.format !== 'template' && !matchesPattern(pattern, value)) {
    const [example] = Array.isArray(schema.examples) ? schema.examples : []
    report('SLU_SCHEMA_PATTERN', path, texts.wrongForm(name, typeof example === 'string' ? example : null))
  }
}
