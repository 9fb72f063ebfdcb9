import { useState } from 'react'
import { hasHan } from '../../app/pinyin/spell.ts'
import { loadSyllables, useSyllables } from '../../app/pinyin/use-syllables.ts'
import { freeKey, isKey, keyOf } from './flow-files.ts'

/** The key of a flow to be made: from its name, Chinese by its pinyin, until a person writes one. */
export function useFlowKey(name: string, fallback: string, taken: readonly string[]) {
  const [own, setOwn] = useState<string | null>(null)
  const isChinese = hasHan(name)
  const syllables = useSyllables(isChinese)
  const from = (said: typeof syllables) => own ?? freeKey(keyOf(name, said) || fallback, taken)
  const key = from(syllables)
  return {
    key,
    setOwn,
    isOwn: own !== null,
    flaw: !isKey(key) ? ('invalid' as const) : taken.includes(key) ? ('taken' as const) : null,
    /** The key to send: whoever was faster than the pinyin waits for it. */
    settled: async () => (own === null && isChinese && syllables === null ? from(await loadSyllables().catch(() => null)) : key),
  }
}
