import { diffArrays, diffWordsWithSpace } from 'diff'

export interface Part {
  readonly text: string
  readonly mark: 'same' | 'added' | 'removed'
}

/** Longer texts are shown whole, old and new: comparing them word by word would hold up the page. */
const wordsMax = 20_000

/** Two texts word by word; Chinese by its words, not by its characters. */
export function wordDiff(before: string, after: string, language: string): readonly Part[] {
  if (before.length + after.length > wordsMax)
    return [
      { text: before, mark: 'removed' },
      { text: after, mark: 'added' },
    ]
  const intlSegmenter = new Intl.Segmenter(language, { granularity: 'word' })
  return diffWordsWithSpace(before, after, { intlSegmenter }).map(({ value, added, removed }) => ({
    text: value,
    mark: added ? 'added' : removed ? 'removed' : 'same',
  }))
}

export interface RowPair<Row> {
  readonly mark: 'same' | 'added' | 'removed' | 'changed'
  /** Number of the row in its version, from 1; the new one where there are both. */
  readonly number: number
  readonly before: Row | null
  readonly after: Row | null
}

/** Two tables row by row: a row that was taken out where another came in counts as changed. */
export function rowDiff<Row>(before: readonly Row[], after: readonly Row[]): readonly RowPair<Row>[] {
  const parts = diffArrays(
    before.map((row) => JSON.stringify(row)),
    after.map((row) => JSON.stringify(row)),
  )
  const result: RowPair<Row>[] = []
  let old = 0
  let now = 0
  let taken: Row[] = []
  const flush = () => {
    for (const [index, row] of taken.entries())
      result.push({ mark: 'removed', number: old - taken.length + index + 1, before: row, after: null })
    taken = []
  }
  for (const { value, added, removed } of parts) {
    if (removed) {
      taken.push(...before.slice(old, old + value.length))
      old += value.length
      continue
    }
    if (!added) flush()
    for (const _ of value) {
      const row = after[now] as Row
      now += 1
      if (!added) {
        result.push({ mark: 'same', number: now, before: before[old] as Row, after: row })
        old += 1
        continue
      }
      const [replaced] = taken.splice(0, 1)
      result.push(
        replaced === undefined
          ? { mark: 'added', number: now, before: null, after: row }
          : { mark: 'changed', number: now, before: replaced, after: row },
      )
    }
    flush()
  }
  flush()
  return result
}
