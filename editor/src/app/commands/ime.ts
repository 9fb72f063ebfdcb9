/** Enter or Escape this soon after a composition ended belongs to the input method (EDITOR.md §5). */
const afterCompositionMs = 100

export interface ImeKey {
  readonly key: string
  readonly keyCode: number
  readonly isComposing: boolean
}

/** Remembers when a composition ended and tells which keys belong to the input method. */
export function imeGuard(now: () => number): { composed(): void; isComposing(event: ImeKey): boolean } {
  let endedAt = Number.NEGATIVE_INFINITY
  return {
    composed: () => {
      endedAt = now()
    },
    isComposing: (event) => {
      if (event.isComposing) return true
      // 229 is what browsers report while an input method holds a text key; named keys such as Shift may carry it by accident.
      if (event.keyCode === 229 && (event.key.length === 1 || event.key === 'Process' || event.key === 'Unidentified')) return true
      return (event.key === 'Enter' || event.key === 'Escape') && now() - endedAt < afterCompositionMs
    },
  }
}
