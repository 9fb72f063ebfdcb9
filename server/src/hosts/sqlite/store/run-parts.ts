/**
 * The index by subject is cut into stretches of runs that began one after another. Customers come in no order: in one index over a
 * million runs each new one falls on a page of its own, which is then read, logged and written for it alone (12 of 18 KB that a run
 * wrote, measured). The stretch that grows has few pages, and each commit writes them once for all its runs.
 */
import type { Connection } from '../connection.ts'

export const partLimits = {
  /** Runs with a subject in one stretch: some thirty pages of the index. */
  runs: 4_096,
  /** From so many stretches on each new one is twice as large, so that a customer is looked up in few of them however many runs there are. */
  doubledEach: 256,
  doublingsMax: 16,
} as const

/** SQL: the numbers of the stretches that hold runs, the last one first, and a null at the end. Each is one look into the index. */
export const partsSql = `parts (n) AS (SELECT max(part) FROM runs WHERE subject IS NOT NULL
  UNION ALL SELECT (SELECT max(part) FROM runs WHERE part < n AND subject IS NOT NULL) FROM parts WHERE n IS NOT NULL)`

export function partSize(parts: number): number {
  return partLimits.runs * 2 ** Math.min(partLimits.doublingsMax, Math.floor(parts / partLimits.doubledEach))
}

export interface RunParts {
  /** The stretch of a new run about somebody. One whose transaction is undone leaves the stretch a little smaller, nothing else. */
  next(): number
  /** The one that grows at the moment. */
  current(): number
}

export function runParts(db: Connection): RunParts {
  const last = db.prepare<[], number | null>('SELECT max(part) FROM runs WHERE subject IS NOT NULL').pluck()
  const countIn = db
    .prepare<[number, number], number>('SELECT count(*) FROM (SELECT 1 FROM runs WHERE part = ? AND subject IS NOT NULL LIMIT ?)')
    .pluck()
  const count = db.prepare<[], number>(`WITH RECURSIVE ${partsSql} SELECT count(n) FROM parts`).pluck()
  let part: number | null = null
  let room = 0

  function begin(): number {
    const found = last.get() ?? 0
    // What runs of earlier releases are in grows no further.
    room = found === 0 ? 0 : Math.max(0, partLimits.runs - (countIn.get(found, partLimits.runs) ?? 0))
    return found
  }

  return {
    next() {
      part ??= begin()
      if (room === 0) {
        room = partSize(count.get() ?? 0)
        part += 1
      }
      room -= 1
      return part
    },
    current() {
      part ??= begin()
      return part
    },
  }
}
