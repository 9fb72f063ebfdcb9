import type { Line, LockFrame } from './line.ts'
import type { ReferenceRun } from './run.ts'
import { passedMax } from './starts.ts'

interface Place {
  readonly run: ReferenceRun
  readonly line: Line
  readonly key: string
  readonly limit: number
  held: boolean
  /** How often others went before it while it was the one that had waited longest. */
  passed: number
  /** What its lines carry once they went on inside. */
  frame: LockFrame | null
}

/** Who holds and who queues: by rank, then in the order of asking. Whoever waited longest is passed so often and no more. */
export class ReferenceLocks {
  readonly #places: Place[] = []

  ask(run: ReferenceRun, line: Line, key: string, limit: number): void {
    this.#places.push({ run, line, key, limit, held: false, passed: 0, frame: null })
    this.#grant(key)
  }

  count(key: string): number {
    return this.#places.filter((place) => place.key === key).length
  }

  /** Runs that hold it or queue for it, whoever asked first. */
  runsOf(key: string): readonly ReferenceRun[] {
    return [...new Set(this.#places.filter((place) => place.key === key).map(({ run }) => run))]
  }

  /** A line waits no longer. */
  forget(line: Line): void {
    this.#remove(this.#places.filter((place) => place.line === line && place.frame === null))
  }

  /** A lock nobody's line is in is free. */
  freeDead(run: ReferenceRun): void {
    this.#remove(this.#places.filter((place) => place.run === run && place.frame !== null && run.within(place.frame).length === 0))
  }

  #remove(gone: readonly Place[]): void {
    for (const place of gone) this.#places.splice(this.#places.indexOf(place), 1)
    for (const { key } of gone) this.#grant(key)
  }

  #grant(key: string): void {
    for (;;) {
      const waiting = this.#places.filter((one) => one.key === key && !one.held)
      const [oldest] = waiting
      if (oldest === undefined) return
      const urgent = waiting.reduce((first, other) => (other.run.rank < first.run.rank ? other : first), oldest)
      const next = oldest.passed >= passedMax ? oldest : urgent
      if (this.#places.filter((one) => one.key === key && one.held).length >= next.limit) return
      if (next !== oldest) oldest.passed++
      next.held = true
      const { run } = next
      run.world.follow(() => run.act(() => enter(next, () => this.#remove([next]))))
    }
  }
}

function enter(place: Place, free: () => void): void {
  const { run, line, key } = place
  if (!run.lives(line) || line.doing.kind !== 'lock') return
  if (run.drawing.wires(line.at, 'out').length === 0) {
    free()
    run.leave(line, 'out', line.input)
    return
  }
  for (const due of [line.due, line.limit]) if (due !== null) due.off = true
  run.winRace(line)
  place.frame = { kind: 'lock', node: line.at, key }
  run.note(`left ${line.at} out`, line.input)
  run.goOn(line, 'out', line.input, [...line.frames, place.frame])
}
