import type { Line, LockFrame } from './line.ts'
import type { ReferenceRun } from './run.ts'

interface Place {
  readonly run: ReferenceRun
  readonly line: Line
  readonly key: string
  readonly limit: number
  held: boolean
  /** What its lines carry once they went on inside. */
  frame: LockFrame | null
}

/** Who holds and who queues, in the order of asking. */
export class ReferenceLocks {
  readonly #places: Place[] = []

  ask(run: ReferenceRun, line: Line, key: string, limit: number): void {
    this.#places.push({ run, line, key, limit, held: false, frame: null })
    this.#grant(key)
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
    for (const place of this.#places.filter((one) => one.key === key)) {
      if (place.held) continue
      if (this.#places.filter((one) => one.key === key && one.held).length >= place.limit) return
      place.held = true
      const { run, line } = place
      run.world.follow(() => run.act(() => enter(place, () => this.#remove([place]))))
      void line
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
