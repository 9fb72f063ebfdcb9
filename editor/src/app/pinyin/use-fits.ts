import { fold } from '../shell/fold.ts'
import { isSaidBy } from './spell.ts'
import { useSyllables } from './use-syllables.ts'

/** Whether one of some texts is meant by what was typed: as it is written, in pinyin, or by its initials. Nothing typed means all. */
export function useFits(query: string): (...texts: readonly string[]) => boolean {
  const wanted = fold(query.trim())
  const syllables = useSyllables(/^[a-z]/.test(wanted))
  return (...texts) =>
    wanted === '' || texts.some((text) => fold(text).includes(wanted) || (syllables !== null && isSaidBy(text, wanted, syllables)))
}
