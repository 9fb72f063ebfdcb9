import { useLanguageStore } from '../../../app/i18n/index.ts'
import { labelIn, type Question } from './form-model.ts'

/** What a question is called on this screen. */
export function useLabel(): (question: Question) => string {
  const isChinese = useLanguageStore((state) => state.language === 'zh-CN')
  return ({ schema, name }) => {
    const { en, zh } = labelIn(schema)
    return (isChinese ? zh || en : en || zh) || name
  }
}
