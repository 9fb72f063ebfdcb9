/** Something that will happen, unless it is called off. */
export interface Due {
  readonly at: number
  /** Of what happens at one moment: news from outside first, then timers, then results. */
  readonly rank: Rank
  /** Whose it is: of timers at one moment, those of the run that began first. */
  readonly owner: number
  readonly order: number
  readonly ring: () => void
  off: boolean
}

export const rank = { outside: 0, timer: 1, result: 2 } as const
type Rank = (typeof rank)[keyof typeof rank]

export class ReferenceClock {
  now: number
  /** Two timers of one run rang at the same moment: which of them first is nobody's promise. */
  tied = false
  /** Some runs go first, in one place of so many not: of two timers at one moment then neither. */
  ranked = false
  readonly #dues: Due[] = []
  #order = 0

  constructor(now: number) {
    this.now = now
  }

  at(time: number, when: Rank, owner: number, ring: () => void): Due {
    const due: Due = { at: Math.max(time, this.now), rank: when, owner, order: this.#order++, ring, off: false }
    this.#dues.push(due)
    return due
  }

  /** Rings what is next; false when nothing will ever happen. */
  step(until: number): boolean {
    const live = this.#dues.filter(({ off }) => !off)
    live.sort((left, right) => left.at - right.at || left.rank - right.rank || left.owner - right.owner || left.order - right.order)
    const [next, second] = live
    if (next === undefined || next.at > until) return false
    const together = second?.at === next.at && second.rank === rank.timer && next.rank === rank.timer
    if (together && (this.ranked || second.owner === next.owner)) this.tied = true
    this.now = next.at
    next.off = true
    this.#dues.splice(0, this.#dues.length, ...live.slice(1))
    next.ring()
    return true
  }
}
