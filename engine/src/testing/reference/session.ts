import type { Faults } from '../simulation/faults.ts'
import { everyFault, playScenario } from '../simulation/scenario.ts'
import { compareFlow } from './compare.ts'
import { playThroughFaults } from './faults.ts'
import { drawFlow } from './grammar.ts'

/** One thing to play. Everything but kind and seed makes it smaller. */
export interface Case {
  /** `scenario`: a world of many runs; `flow`: a random flow against the reference; `faulty`: the same through faults. */
  readonly kind: 'scenario' | 'flow' | 'faulty'
  readonly seed: number
  /** Blocks of the drawing that are left out. */
  readonly cut?: readonly string[]
  /** Happenings of the scenario: how many, and which of them are left out. */
  readonly happenings?: number
  readonly without?: readonly number[]
  /** Only these kinds of faults. */
  readonly faults?: readonly string[]
}

const happeningsOf = 40

/** What did not hold; null when everything did. */
export function playCase(one: Case): string | null {
  try {
    if (one.kind === 'scenario') playScenario(one.seed, faultsOf(one), one.happenings, new Set(one.without))
    else if (one.kind === 'faulty') playThroughFaults({ seed: one.seed, cut: new Set(one.cut) }, faultsOf(one))
    else {
      const verdict = compareFlow({ seed: one.seed, cut: new Set(one.cut) })
      if (verdict.kind === 'different') return verdict.what
    }
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function faultsOf({ faults }: Case): Faults {
  if (faults === undefined) return everyFault
  return Object.fromEntries(Object.entries(everyFault).filter(([name]) => faults.includes(name)))
}

/** Leaves out what is not needed to fail, as long as the budget of tries lasts. */
export function shrinkCase(found: Case, tries = 200, fails: (one: Case) => boolean = (one) => playCase(one) !== null): Case {
  let least = found
  let left = tries
  const accept = (smaller: Case): boolean => {
    if (left-- <= 0 || !fails(smaller)) return false
    least = smaller
    return true
  }
  if (found.kind !== 'flow') {
    for (const name of Object.keys(everyFault)) {
      const names = least.faults ?? Object.keys(everyFault)
      accept({ ...least, faults: names.filter((one) => one !== name) })
    }
  }
  if (found.kind === 'scenario') shrinkHappenings(() => least, accept)
  else
    for (let again = true; again && left > 0; ) {
      again = false
      const cut = least.cut ?? []
      const { names } = drawFlow({ seed: least.seed, confluent: least.kind === 'faulty', cut: new Set(cut) })
      for (const name of names) if (!cut.includes(name) && accept({ ...least, cut: [...(least.cut ?? []), name] })) again = true
    }
  return least
}

function shrinkHappenings(least: () => Case, accept: (smaller: Case) => boolean): void {
  let count = least().happenings ?? happeningsOf
  while (count > 1 && accept({ ...least(), happenings: Math.floor(count / 2) })) count = Math.floor(count / 2)
  while (count > 1 && accept({ ...least(), happenings: count - 1 })) count--
  for (let index = 0; index < count; index++) accept({ ...least(), without: [...(least().without ?? []), index] })
}

/** The command that plays exactly this. */
export function commandOf({ kind, seed, cut = [], happenings, without = [], faults }: Case): string {
  const parts = [`npm run simulate -- --${kind === 'scenario' ? 'seed' : kind} ${seed}`]
  if (cut.length > 0) parts.push(`--cut ${cut.join(',')}`)
  if (happenings !== undefined) parts.push(`--happenings ${happenings}`)
  if (without.length > 0) parts.push(`--without ${without.join(',')}`)
  if (faults !== undefined) parts.push(`--faults ${faults.join(',') || 'none'}`)
  return parts.join(' ')
}

/** The line for `engine/test/seeds.json`, which every run of the tests plays. */
export function keptLine(one: Case, what: string): string {
  return JSON.stringify({ ...one, was: what.slice(0, 200) })
}
