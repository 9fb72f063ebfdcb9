/** How the characters of a Chinese text are said, one entry for each (`syllables.ts`). */
export type SyllablesOf = (text: string) => readonly string[]

const hanRun = /\p{Script=Han}+/gu

export function hasHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text)
}

/** A name with its Chinese in letters, for keys. @example `inLetters('VIP客户', syllablesOf) // 'VIP ke hu '` */
export function inLetters(text: string, syllablesOf: SyllablesOf): string {
  return text.replace(hanRun, (run) => ` ${syllablesOf(run).join(' ')} `)
}

/**
 * Whether typed letters say this text from the beginning of one of its characters on: whole syllables, their first letters, or both
 * mixed, the last one as far as it is typed. `kehu`, `kh`, `khui` and `hf` all find 客户回访.
 */
export function isSaidBy(text: string, typed: string, syllablesOf: SyllablesOf): boolean {
  const wanted = typed.replace(/[\s'-]+/g, '').toLowerCase()
  if (!/^[a-z0-9]+$/.test(wanted)) return false
  return (text.match(hanRun) ?? []).some((run) => {
    const syllables = syllablesOf(run)
    return syllables.some((_, from) => says(syllables, from, wanted))
  })
}

/** Bounded by itself: a syllable has at most six letters, and each step takes one syllable. */
function says(syllables: readonly string[], at: number, wanted: string): boolean {
  if (wanted === '') return true
  const syllable = syllables[at] ?? ''
  if (syllable === '') return false
  if (syllable.startsWith(wanted)) return true
  if (wanted.startsWith(syllable) && says(syllables, at + 1, wanted.slice(syllable.length))) return true
  return wanted[0] === syllable[0] && says(syllables, at + 1, wanted.slice(1))
}
