import type { Text } from '@sluice/flows'
import { type DataLanguage, useLanguageStore } from './language.ts'

/** Names that are data and may carry both languages. */
export function say(text: Text | null | undefined, language: DataLanguage): string {
  if (text === null || text === undefined) return ''
  return typeof text === 'string' ? text : text[language] || text.en
}

/** `const say = useSay()` then `say(flow.name)`. */
export function useSay(): (text: Text | null | undefined) => string {
  const language = useLanguageStore((state) => state.language)
  return (text) => say(text, language === 'zh-CN' ? 'zh-CN' : 'en')
}
