export type { MessageId } from '../locales/en/index.ts'
export { type Format, formatIn, type Instant, setWorkspaceZone, useFormat } from './format.ts'
export {
  chosenLanguage,
  type DataLanguage,
  dataLanguage,
  needTexts,
  preferredLanguage,
  rememberLanguage,
  type ScreenLanguage,
  sayAnew,
  switchLanguage,
  type TextPart,
  type Translate,
  translate,
  useLanguageStore,
  useT,
  type Values,
} from './language.ts'
export { say, useSay } from './text.ts'
