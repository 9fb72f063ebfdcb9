import { useEffect, useState } from 'react'
import type { SyllablesOf } from './spell.ts'

let here: SyllablesOf | null = null

export async function loadSyllables(): Promise<SyllablesOf> {
  here ??= (await import('./syllables.ts')).syllablesOf
  return here
}

/** The table of how characters are said, from when it is first needed; null until it is here. */
export function useSyllables(isNeeded: boolean): SyllablesOf | null {
  const [syllables, setSyllables] = useState<SyllablesOf | null>(() => here)
  useEffect(() => {
    if (!isNeeded || syllables !== null) return
    let isShown = true
    // Without it a search finds names as they are written, and a key falls back; nothing is worth an error here.
    void loadSyllables().then(
      (loaded) => isShown && setSyllables(() => loaded),
      () => undefined,
    )
    return () => {
      isShown = false
    }
  }, [isNeeded, syllables])
  return syllables
}
