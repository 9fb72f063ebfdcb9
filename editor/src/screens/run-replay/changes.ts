import { moneyIn } from '../../ui/money-in.ts'

type Names = Record<string, unknown>

/** One value that differs between what went in and what came out. */
export interface Change {
  readonly path: string
  readonly before: unknown
  readonly after: unknown
  /** Where it is an amount of money: in which currency, before and after. */
  readonly currencies?: readonly (string | null)[]
}

const changesMax = 200

/** Differences by path, deepest values only; lists are compared by place. */
export function changesBetween(before: unknown, after: unknown): readonly Change[] {
  const found: Change[] = []
  const walk = (left: unknown, right: unknown, path: string, name = '', within: readonly object[] = []): void => {
    if (found.length >= changesMax || Object.is(left, right)) return
    if (!isBranch(left) || !isBranch(right) || Array.isArray(left) !== Array.isArray(right)) {
      if (JSON.stringify(left) === JSON.stringify(right)) return
      const currencies = within.map((each) => moneyIn(each as Names, name)?.currency ?? null)
      found.push({ path, before: left, after: right, ...(currencies.some((each) => each !== null) && { currencies }) })
      return
    }
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)]))
      walk((left as Names)[key], (right as Names)[key], path === '' ? key : `${path}.${key}`, key, [left, right])
  }
  walk(before, after, '')
  return found
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
