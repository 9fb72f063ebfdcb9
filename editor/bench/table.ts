type Unit = 'kB' | 'ms' | 'fps' | 'MB' | '%'

/** What was promised, what was measured, and whether it holds. Frames are better when more, everything else when less. */
export class Table {
  readonly #rows: {
    readonly what: string
    readonly budget: number
    readonly measured: number
    readonly unit: Unit
    readonly ok: boolean
  }[] = []

  readonly #notes: string[] = []

  row(what: string, budget: number, measured: number, unit: Unit): void {
    const ok = unit === 'fps' ? measured >= budget : measured <= budget
    this.#rows.push({ what, budget, measured, unit, ok })
    console.log(line(what, budget, measured, unit, ok))
  }

  /** Measured and printed beside a promise, without being one. */
  note(what: string, measured: number, unit: Unit): void {
    const text = `${what.padEnd(54)} ${''.padStart(10)} ${figure(measured, unit)}`
    this.#notes.push(text)
    console.log(text)
  }

  /** A part that could not be measured: none of its promises is kept as far as anybody knows. */
  failed(what: string, problem: unknown): void {
    console.error(`${what}: ${problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)}`)
    this.row(`${what}: not measured`, 0, 1, 'ms')
  }

  get misses(): number {
    return this.#rows.filter((row) => !row.ok).length
  }

  print(): void {
    console.log(`\n${'what'.padEnd(54)} ${'budget'.padStart(10)} ${'measured'.padStart(10)}`)
    for (const row of this.#rows) console.log(line(row.what, row.budget, row.measured, row.unit, row.ok))
    for (const text of this.#notes) console.log(text)
    console.log(`${this.#rows.length - this.misses} of ${this.#rows.length} budgets held`)
  }
}

/** Measures one part after the other: one that fails is told and does not keep the others from being measured. */
export function bySections(table: Table): (what: string, measure: () => Promise<void>) => Promise<void> {
  return async (what, measure) => {
    try {
      await measure()
    } catch (problem) {
      table.failed(what, problem)
    }
  }
}

function line(what: string, budget: number, measured: number, unit: Unit, ok: boolean): string {
  return `${what.padEnd(54)} ${figure(budget, unit)} ${figure(measured, unit)}  ${ok ? 'ok' : 'miss'}`
}

function figure(value: number, unit: Unit): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`.padStart(10)
}
