import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { create } from 'zustand'
import type { MessageId } from '../locales/en/index.ts'
import { pseudo } from './pseudo.ts'

/** Languages of the screens. `pseudo` is English made 60 % longer, to find controls that would clip. */
export const languages = ['en', 'zh-CN', 'pseudo'] as const
export type ScreenLanguage = (typeof languages)[number]
/** Languages that data and the server speak. */
export type DataLanguage = 'en' | 'zh-CN'

export type Values = Record<string, string | number | boolean | Date | null | undefined>
export type Translate = (id: MessageId, values?: Values) => string

interface LanguageState {
  readonly language: ScreenLanguage
  /** New with every switch, so that everything showing text renders again. */
  readonly t: Translate
}

const storageKey = 'sluice.language'
const i18n = setupI18n({ missing: (_, id) => id })
i18n.setMessagesCompiler(compileMessage)

const catalogues: Record<DataLanguage, () => Promise<Record<MessageId, string>>> = {
  en: async () => (await import('../locales/en/index.ts')).en,
  'zh-CN': async () => (await import('../locales/zh-CN/index.ts')).zh,
}

export const useLanguageStore = create<LanguageState>(() => ({ language: 'en', t: (id) => id }))

export function dataLanguage(): DataLanguage {
  return useLanguageStore.getState().language === 'zh-CN' ? 'zh-CN' : 'en'
}

/** Loads the catalogue, then switches every open screen at once; nothing is reloaded. */
export async function switchLanguage(language: ScreenLanguage): Promise<void> {
  const data: DataLanguage = language === 'zh-CN' ? 'zh-CN' : 'en'
  i18n.loadAndActivate({ locale: data, messages: await catalogues[data]() })
  const plain: Translate = (id, values) => i18n._(id, values)
  const t: Translate = language === 'pseudo' ? (id, values) => pseudo(plain(id, values)) : (id, values) => plain(id, values)
  document.documentElement.lang = data
  useLanguageStore.setState({ language, t })
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    // Storage may be switched off; the choice then lasts for this page.
  }
}

/** The stored choice, else the browser's first language that we speak. */
export function preferredLanguage(): ScreenLanguage {
  let stored: string | null = null
  try {
    stored = localStorage.getItem(storageKey)
  } catch {
    stored = null
  }
  const known = languages.find((language) => language === stored)
  if (known !== undefined) return known
  return navigator.languages
    .find((language) => /^(zh|en)\b/i.test(language))
    ?.toLowerCase()
    .startsWith('zh')
    ? 'zh-CN'
    : 'en'
}

/** `const t = useT()` then `t('flows.title')`. Renders again when the language changes. */
export function useT(): Translate {
  return useLanguageStore((state) => state.t)
}

/** For code outside components. */
export const translate: Translate = (id, values) => useLanguageStore.getState().t(id, values)
