/** One value that differs between what went in and what came out. */
export interface Change {
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

const changesMax = 200

/** Differences by path, deepest values only; lists are compared by place. */
export function changesBetween(before: unknown, after: unknown): readonly Change[] {
  const found: Change[] = []
  const walk = (left: unknown, right: unknown, path: string): void => {
    if (found.length >= changesMax || Object.is(left, right)) return
    if (!isBranch(left) || !isBranch(right) || Array.isArray(left) !== Array.isArray(right)) {
      if (JSON.stringify(left) !== JSON.stringify(right)) found.push({ path, before: left, after: right })
      return
    }
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)]))
      walk((left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key], path === '' ? key : `${path}.${key}`)
  }
  walk(before, after, '')
  return found
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
