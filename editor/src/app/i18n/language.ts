import { setupI18n } from '@lingui/core'
import { create } from 'zustand'
import type { MessageId } from '../locales/en/index.ts'
import { withNumbers } from './number-values.ts'
import { pseudo } from './pseudo.ts'

/** Languages of the screens. `pseudo` is English made 60 % longer, to find controls that would clip. */
const languages = ['en', 'zh-CN', 'pseudo'] as const
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
const i18n = setupI18n({ missing: (_, id) => lateText(id) })
// The build compiles the catalogues (tools/compiled-messages.ts); from source they are compiled on their first use.
if (!import.meta.env.PROD) i18n.setMessagesCompiler((await import('@lingui/message-utils/compileMessage')).compileMessage)

/** Texts come in parts, so that nobody waits for words of another screen: the frame's at the start, the others with the first screen of theirs. */
export type TextPart =
  | 'app'
  | 'screens'
  | 'customers'
  | 'flows'
  | 'picture'
  | 'builder'
  | 'forms'
  | 'diff'
  | 'replay'
  | 'simulate'
  | 'running'
  | 'runDialogs'
  | 'pause'
  | 'plays'
  | 'guide'
  | 'stepTest'
  | 'reveal'
  | 'permits'
  | 'notices'
  | 'switches'
  | 'together'
  | 'live'
  | 'clipboard'
  | 'templateWizard'
  | 'audit'
  | 'failures'
  | 'reasons'
  | 'entry'
  | 'settings'

const catalogues: Record<DataLanguage, Record<TextPart, () => Promise<Readonly<Record<string, string>>>>> = {
  en: {
    app: async () => (await import('../locales/en/app.ts')).app,
    screens: async () => (await import('../locales/en/screens.ts')).screens,
    customers: async () => (await import('../locales/en/customers.ts')).customers,
    flows: async () => (await import('../locales/en/flows.ts')).flows,
    picture: async () => (await import('../locales/en/picture.ts')).picture,
    builder: async () => (await import('../locales/en/builder.ts')).builder,
    forms: async () => (await import('../locales/en/forms.ts')).forms,
    diff: async () => (await import('../locales/en/diff.ts')).diff,
    replay: async () => (await import('../locales/en/replay.ts')).replay,
    simulate: async () => (await import('../locales/en/simulate.ts')).simulate,
    running: async () => (await import('../locales/en/running.ts')).running,
    plays: async () => (await import('../locales/en/plays.ts')).plays,
    pause: async () => (await import('../locales/en/pause.ts')).pause,
    runDialogs: async () => (await import('../locales/en/run-dialogs.ts')).runDialogs,
    guide: async () => (await import('../locales/en/guide.ts')).guide,
    stepTest: async () => (await import('../locales/en/step-test.ts')).stepTest,
    reveal: async () => (await import('../locales/en/reveal.ts')).reveal,
    permits: async () => (await import('../locales/en/permits.ts')).permits,
    notices: async () => (await import('../locales/en/notices.ts')).notices,
    switches: async () => (await import('../locales/en/switches.ts')).switches,
    together: async () => (await import('../locales/en/together.ts')).together,
    live: async () => (await import('../locales/en/live.ts')).live,
    clipboard: async () => (await import('../locales/en/clipboard.ts')).clipboard,
    templateWizard: async () => (await import('../locales/en/template-wizard.ts')).templateWizard,
    audit: async () => (await import('../locales/en/audit.ts')).audit,
    failures: async () => (await import('../locales/en/failures.ts')).failures,
    reasons: async () => (await import('../locales/en/reasons.ts')).reasons,
    entry: async () => (await import('../locales/en/entry.ts')).entry,
    settings: async () => (await import('../locales/en/settings.ts')).settings,
  },
  'zh-CN': {
    app: async () => (await import('../locales/zh-CN/app.ts')).app,
    screens: async () => (await import('../locales/zh-CN/screens.ts')).screens,
    customers: async () => (await import('../locales/zh-CN/customers.ts')).customers,
    flows: async () => (await import('../locales/zh-CN/flows.ts')).flows,
    picture: async () => (await import('../locales/zh-CN/picture.ts')).picture,
    builder: async () => (await import('../locales/zh-CN/builder.ts')).builder,
    forms: async () => (await import('../locales/zh-CN/forms.ts')).forms,
    diff: async () => (await import('../locales/zh-CN/diff.ts')).diff,
    replay: async () => (await import('../locales/zh-CN/replay.ts')).replay,
    simulate: async () => (await import('../locales/zh-CN/simulate.ts')).simulate,
    running: async () => (await import('../locales/zh-CN/running.ts')).running,
    plays: async () => (await import('../locales/zh-CN/plays.ts')).plays,
    pause: async () => (await import('../locales/zh-CN/pause.ts')).pause,
    runDialogs: async () => (await import('../locales/zh-CN/run-dialogs.ts')).runDialogs,
    guide: async () => (await import('../locales/zh-CN/guide.ts')).guide,
    stepTest: async () => (await import('../locales/zh-CN/step-test.ts')).stepTest,
    reveal: async () => (await import('../locales/zh-CN/reveal.ts')).reveal,
    permits: async () => (await import('../locales/zh-CN/permits.ts')).permits,
    notices: async () => (await import('../locales/zh-CN/notices.ts')).notices,
    switches: async () => (await import('../locales/zh-CN/switches.ts')).switches,
    together: async () => (await import('../locales/zh-CN/together.ts')).together,
    live: async () => (await import('../locales/zh-CN/live.ts')).live,
    clipboard: async () => (await import('../locales/zh-CN/clipboard.ts')).clipboard,
    templateWizard: async () => (await import('../locales/zh-CN/template-wizard.ts')).templateWizard,
    audit: async () => (await import('../locales/zh-CN/audit.ts')).audit,
    failures: async () => (await import('../locales/zh-CN/failures.ts')).failures,
    reasons: async () => (await import('../locales/zh-CN/reasons.ts')).reasons,
    entry: async () => (await import('../locales/zh-CN/entry.ts')).entry,
    settings: async () => (await import('../locales/zh-CN/settings.ts')).settings,
  },
}
const needed = new Set<TextPart>(['app'])

async function load(language: DataLanguage): Promise<void> {
  await Promise.all([...needed].map((part) => loadPart(language, part)))
}

async function loadPart(language: DataLanguage, part: TextPart): Promise<void> {
  i18n.load(language, await catalogues[language][part]())
}

const coming = new Map<TextPart, Promise<void>>()

/** Before a screen is shown: the texts it needs besides the frame's. Whoever asks while they are on their way waits as well. */
export async function needTexts(...parts: readonly TextPart[]): Promise<void> {
  await Promise.all(
    parts.map((part) => {
      needed.add(part)
      const here = coming.get(part) ?? loadPart(dataLanguage(), part)
      coming.set(part, here)
      // A connection that failed once may be there the next time.
      return here.catch((problem: unknown) => {
        coming.delete(part)
        throw problem
      })
    }),
  )
}

const everyPart = Object.keys(catalogues.en) as TextPart[]

/** A part of the page that nobody named the texts of: all are fetched, and what is on the screen is said anew. */
function lateText(id: string): string {
  const late = everyPart.filter((part) => !coming.has(part) && !needed.has(part))
  if (late.length === 0) return id
  void needTexts(...late).then(
    () => void switchLanguage(useLanguageStore.getState().language),
    () => undefined,
  )
  return ''
}

export const useLanguageStore = create<LanguageState>(() => ({ language: 'en', t: (id) => id }))

/** The language that is on its way: what is asked for meanwhile is asked for in it. */
let next: DataLanguage | null = null

export function dataLanguage(): DataLanguage {
  if (next !== null) return next
  return useLanguageStore.getState().language === 'zh-CN' ? 'zh-CN' : 'en'
}

/** Loads the catalogue, then switches every open screen at once; nothing is reloaded. */
export async function switchLanguage(language: ScreenLanguage): Promise<void> {
  const data: DataLanguage = language === 'zh-CN' ? 'zh-CN' : 'en'
  next = data
  try {
    await load(data)
  } catch (problem) {
    // What was asked for meanwhile came in the language that did not.
    coming.clear()
    throw problem
  } finally {
    if (next === data) next = null
  }
  i18n.activate(data)
  const plain: Translate = (id, values) => i18n._(id, withNumbers(values, data))
  const t: Translate = language === 'pseudo' ? (id, values) => pseudo(plain(id, values)) : (id, values) => plain(id, values)
  document.documentElement.lang = data
  useLanguageStore.setState({ language, t })
}

/** Words came that a part of the page does without until they are there: what is on the screen is said once more. */
export function sayAnew(): void {
  useLanguageStore.setState(({ t }) => ({ t: (id, values) => t(id, values) }))
}

/** What somebody chose on this device; null as long as nobody did. */
export function chosenLanguage(): ScreenLanguage | null {
  try {
    const stored = localStorage.getItem(storageKey)
    return languages.find((language) => language === stored) ?? null
  } catch {
    return null
  }
}

export function rememberLanguage(language: ScreenLanguage): void {
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    // Storage may be switched off; the choice then lasts for this page.
  }
}

/** The stored choice, else the browser's first language that we speak. */
export function preferredLanguage(): ScreenLanguage {
  const first = navigator.languages.find((language) => /^(zh|en)\b/i.test(language))
  return chosenLanguage() ?? (first?.toLowerCase().startsWith('zh') === true ? 'zh-CN' : 'en')
}

/** `const t = useT()` then `t('flows.title')`. Renders again when the language changes. */
export function useT(): Translate {
  return useLanguageStore((state) => state.t)
}

/** For code outside components. */
export const translate: Translate = (id, values) => useLanguageStore.getState().t(id, values)
