import type { Text } from '@sluice/flows'
import { type DataLanguage, useLanguageStore } from './language.ts'

/** Names that are data and may carry both languages. */
export function say(text: Text | null | undefined, language: DataLanguage): string {
  if (text === null || text === undefined) return ''
  return typeof text === 'string' ? text : text[language] || text.en
}

type Say = (text: Text | null | undefined) => string

const says: Readonly<Record<DataLanguage, Say>> = { en: (text) => say(text, 'en'), 'zh-CN': (text) => say(text, 'zh-CN') }

/** `const say = useSay()` then `say(flow.name)`. The same function for as long as the language is: what depends on it is not done anew. */
export function useSay(): Say {
  return says[useLanguageStore((state) => (state.language === 'zh-CN' ? 'zh-CN' : 'en'))]
}
