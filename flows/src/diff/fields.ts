import { canonicalJson } from '../canonical.ts'
import { pointer } from '../pointer.ts'

/** One field that differs. A side is undefined where the field does not exist. */
export interface FieldChange {
  /** JSON pointer into the thing that changed. */
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/** The smallest fields that differ: objects are entered, lists only when they kept their length. */
export function changedFields(before: unknown, after: unknown, path = '', without: readonly string[] = []): readonly FieldChange[] {
  if (before === after) return []
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !without.includes(key))
    return keys.flatMap((key) => changedFields(before[key], after[key], pointer(path, key)))
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => changedFields(item, after[index], pointer(path, index)))
  }
  if (before !== undefined && after !== undefined && canonicalJson(before) === canonicalJson(after)) return []
  return [{ path, before, after }]
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
