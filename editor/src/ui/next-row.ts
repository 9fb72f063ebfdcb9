const page = 10

/** Where a key leads from row `at` of `count`; null when it is not about rows. @example `nextRow('ArrowDown', 0, 3) // 1` */
export function nextRow(key: string, at: number, count: number): number | null {
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = steps[key]
  return step === undefined ? null : Math.max(0, Math.min(count - 1, at + step))
}
