import type { JournalEntry } from '@sluice/engine/core'

export interface StepActivity {
  readonly node: string
  /** How often something left it. */
  readonly passed: number
  /** Attempts that failed, and incidents that no attempt led to. */
  readonly failed: number
  /** 95 of 100 stays were at most this long, waiting included; null when none ended. */
  readonly p95Ms: number | null
}

interface Sum {
  passed: number
  failed: number
  readonly stays: number[]
}

/** Adds up whole journals, one run after the other. Reads names and times only, never what people's data say. */
export function activitySums(): { add(entries: readonly JournalEntry[]): void; steps(): readonly StepActivity[] } {
  const sums = new Map<string, Sum>()
  const of = (node: string): Sum => {
    const known = sums.get(node)
    if (known !== undefined) return known
    const fresh: Sum = { passed: 0, failed: 0, stays: [] }
    sums.set(node, fresh)
    return fresh
  }
  return {
    add(entries) {
      const arrived = new Map<string, number>()
      const failed = new Set<string>()
      const leave = (node: string, tokens: readonly string[], at: number) => {
        const sum = of(node)
        sum.passed += 1
        const times = tokens.flatMap((token) => arrived.get(token) ?? [])
        // What meets at a join stayed as long as the first that came.
        if (times.length > 0) sum.stays.push(at - Math.min(...times))
      }
      for (const entry of entries) {
        if (entry.kind === 'run.started') leave(entry.node, [], entry.at)
        else if (entry.kind === 'node.completed' || entry.kind === 'lock.taken' || entry.kind === 'lock.left')
          leave(entry.node, [entry.token], entry.at)
        else if (entry.kind === 'join.passed') leave(entry.node, entry.tokens, entry.at)
        else if (entry.kind === 'node.failed') {
          failed.add(entry.token)
          of(entry.node).failed += 1
        } else if (entry.kind === 'incident.raised' && !failed.has(entry.token)) of(entry.node).failed += 1
        if ('next' in entry) for (const token of entry.next) arrived.set(token.id, entry.at)
      }
    },
    steps: () => [...sums].map(([node, { passed, failed, stays }]) => ({ node, passed, failed, p95Ms: percentile(stays, 0.95) })),
  }
}

/** Nearest rank. @example `percentile([1, 2, 3, 4], 0.5) // 2` */
export function percentile(values: readonly number[], part: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? null
}
