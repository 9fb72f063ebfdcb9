export type { MessageId } from '../locales/en/index.ts'
export { type Format, formatIn, type Instant, makeFormat, setWorkspaceZone, useFormat } from './format.ts'
export {
  chosenLanguage,
  type DataLanguage,
  dataLanguage,
  languages,
  needTexts,
  preferredLanguage,
  rememberLanguage,
  type ScreenLanguage,
  switchLanguage,
  type TextPart,
  type Translate,
  translate,
  useLanguageStore,
  useT,
  type Values,
} from './language.ts'
export { say, useSay } from './text.ts'
