import { detectCodes } from './detect-codes.ts'
import { detectNumbers } from './detect-numbers.ts'
import { detectWords } from './detect-words.ts'
import type { Finding } from './finding.ts'

/** Everything personal in a normalised text at this confidence or above, in order, nothing twice. */
export function detect(text: string, confidenceMin: number): readonly Finding[] {
  const all = [...detectNumbers(text), ...detectCodes(text), ...detectWords(text)]
  return resolveOverlaps(all.filter((finding) => finding.confidence >= confidenceMin))
}

/**
 * Of findings that overlap, the surest stays, and of equally sure ones the longest; a mere long run of digits gives way to anything.
 * What a loser covers and the winner does not, is hidden as well: a doubtful character is never shown.
 */
function resolveOverlaps(findings: readonly Finding[]): readonly Finding[] {
  const ranked = [...findings].sort((a, b) => rank(b) - rank(a) || b.end - b.start - (a.end - a.start) || a.start - b.start)
  const taken = new IntervalSet()
  const kept = ranked.filter((finding) => taken.add(finding.start, finding.end))
  return kept.sort((a, b) => a.start - b.start)
}

function rank({ kind, confidence }: Finding): number {
  return kind === 'digit-run' ? 0 : confidence
}

/** Taken stretches by character block, so that a test looks at few of them however many there are. */
class IntervalSet {
  readonly #blocks = new Map<number, { start: number; end: number }[]>()

  /** False when it would overlap. */
  add(start: number, end: number): boolean {
    const first = start >> 6
    const last = (end - 1) >> 6
    for (let block = first; block <= last; block++) {
      if (this.#blocks.get(block)?.some((taken) => start < taken.end && taken.start < end)) return false
    }
    for (let block = first; block <= last; block++) {
      const row = this.#blocks.get(block)
      if (row === undefined) this.#blocks.set(block, [{ start, end }])
      else row.push({ start, end })
    }
    return true
  }
}
