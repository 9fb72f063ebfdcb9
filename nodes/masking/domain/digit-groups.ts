/** Digits that belong together as people write them: groups parted by one separator each. */
export interface DigitRun {
  readonly groups: readonly { readonly start: number; readonly end: number }[]
}

/** Most groups joined into one number: a card written digit by digit. */
const groupsMax = 19

/** One or two characters that people put inside numbers. */
const separator = /^[ \-./·()]{1,2}$/

/** Every stretch of digits and single separators, left to right. Linear. */
export function digitRuns(text: string): readonly DigitRun[] {
  const runs: DigitRun[] = []
  let groups: { start: number; end: number }[] = []
  for (const match of text.matchAll(/\d+/g)) {
    const group = { start: match.index, end: match.index + match[0].length }
    const last = groups.at(-1)
    if (last !== undefined && !separator.test(text.slice(last.end, Math.min(group.start, last.end + 3)))) {
      runs.push({ groups })
      groups = []
    }
    groups.push(group)
  }
  if (groups.length > 0) runs.push({ groups })
  return runs
}

/** One way to read neighbouring groups as a number. */
export interface Candidate {
  readonly digits: string
  /** Offset of each digit. */
  readonly at: readonly number[]
  readonly start: number
  readonly end: number
  readonly groups: number
}

/** Every joining of neighbouring groups of at most `digitsMax` digits. Bounded per group, so linear over the text. */
export function* candidates(text: string, run: DigitRun, digitsMax: number): Generator<Candidate> {
  for (let first = 0; first < run.groups.length; first++) {
    let digits = ''
    const at: number[] = []
    const start = run.groups[first]?.start ?? 0
    for (let last = first; last < Math.min(run.groups.length, first + groupsMax); last++) {
      const group = run.groups[last]
      if (group === undefined || digits.length + group.end - group.start > digitsMax) break
      digits += text.slice(group.start, group.end)
      for (let index = group.start; index < group.end; index++) at.push(index)
      yield { digits, at: [...at], start, end: group.end, groups: last - first + 1 }
    }
  }
}
