type Unit = 'kB' | 'ms' | 'fps' | 'MB'

/** What was promised, what was measured, and whether it holds. Frames are better when more, everything else when less. */
export class Table {
  readonly #rows: {
    readonly what: string
    readonly budget: number
    readonly measured: number
    readonly unit: Unit
    readonly ok: boolean
  }[] = []

  row(what: string, budget: number, measured: number, unit: Unit): void {
    const ok = unit === 'fps' ? measured >= budget : measured <= budget
    this.#rows.push({ what, budget, measured, unit, ok })
    console.log(line(what, budget, measured, unit, ok))
  }

  get misses(): number {
    return this.#rows.filter((row) => !row.ok).length
  }

  print(): void {
    console.log(`\n${'what'.padEnd(46)} ${'budget'.padStart(10)} ${'measured'.padStart(10)}`)
    for (const row of this.#rows) console.log(line(row.what, row.budget, row.measured, row.unit, row.ok))
    console.log(`${this.#rows.length - this.misses} of ${this.#rows.length} budgets held`)
  }
}

function line(what: string, budget: number, measured: number, unit: Unit, ok: boolean): string {
  const figure = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`.padStart(10)
  return `${what.padEnd(46)} ${figure(budget)} ${figure(measured)}  ${ok ? 'ok' : 'miss'}`
}
