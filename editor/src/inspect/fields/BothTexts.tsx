import { useLanguageStore, useT } from '../../app/i18n/index.ts'
import { Button } from '../../ui/index.ts'
import styles from './Fields.module.css'
import { OneText } from './TemplateField.tsx'
import type { WidgetProps } from './types.ts'

/** Each language by its own name, as in the choice of the screen's language. */
const names = { en: 'English', 'zh-CN': '中文' } as const
type Language = keyof typeof names

/** One text in both languages: each reader sees their own. The reader's language stands first. */
export function BothTexts({
  value,
  ...props
}: Omit<WidgetProps, 'value'> & { readonly value: { readonly en: string; readonly 'zh-CN': string } }) {
  const t = useT()
  const own: Language = useLanguageStore((state) => (state.language === 'zh-CN' ? 'zh-CN' : 'en'))
  const { id, field, onChange, isDisabled } = props
  const languages: readonly Language[] = own === 'en' ? ['en', 'zh-CN'] : ['zh-CN', 'en']
  const set = (language: Language, text: unknown) => {
    const next = { ...value, [language]: typeof text === 'string' ? text : '' }
    onChange(next.en === '' && next['zh-CN'] === '' && !field.isRequired ? undefined : next)
  }
  return (
    <>
      {languages.map((language) => {
        const inputId = language === own ? id : `${id}-${language}`
        return (
          <div key={language} lang={language} data-language={language}>
            <label className={styles.help} htmlFor={inputId}>
              {names[language]}
            </label>
            <OneText {...props} id={inputId} value={value[language]} onChange={(text) => set(language, text)} />
          </div>
        )
      })}
      {!isDisabled && (
        <div>
          <Button size="small" tone="quiet" onPress={() => onChange(value[own])}>
            {t('inspect.text.one')}
          </Button>
        </div>
      )}
    </>
  )
}
