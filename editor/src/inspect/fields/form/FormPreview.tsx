import { useState } from 'react'
import { useLanguageStore, useT } from '../../../app/i18n/index.ts'
import { Segments } from '../../../ui/index.ts'
import { type FormData, SchemaForm } from '../../../ui/schema-form/SchemaForm.tsx'
import { initialData } from '../../../ui/schema-form/schema.ts'
import styles from './Form.module.css'
import { formIn } from './form-model.ts'

const names = { en: 'English', zh: '中文' } as const
const nothing: ReadonlyMap<string, string> = new Map()

/** The form as whoever answers sees it, to be tried. What is filled in here goes nowhere. */
export function FormPreview({ form }: { readonly form: unknown }) {
  const t = useT()
  const own = useLanguageStore((state) => (state.language === 'zh-CN' ? 'zh' : 'en'))
  const [language, setLanguage] = useState<'en' | 'zh'>(own)
  const schema = formIn(form, language)
  const [data, setData] = useState<FormData>(() => initialData(schema))
  const isEmpty = Object.keys(schema.properties ?? {}).length === 0
  return (
    <section className={styles.preview} aria-label={t('form.preview')} data-testid="form-preview">
      <header className={styles.previewHead}>
        <h3>{t('form.preview')}</h3>
        <Segments
          label={t('form.preview.language')}
          value={language}
          options={(['en', 'zh'] as const).map((value) => ({ value, label: names[value] }))}
          onChange={setLanguage}
        />
      </header>
      <div lang={language === 'zh' ? 'zh-CN' : 'en'}>
        {isEmpty ? (
          <p className={styles.quiet}>{t('form.preview.empty')}</p>
        ) : (
          <SchemaForm schema={schema} data={data} onChange={setData} errors={nothing} />
        )}
      </div>
    </section>
  )
}
