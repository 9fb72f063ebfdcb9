import { useT } from '../../../app/i18n/index.ts'
import { BothFields } from './BothFields.tsx'
import type { TemplateDraft, WizardFlaw } from './draft.ts'
import styles from './Wizard.module.css'

export function WordsStep({
  draft,
  flaws,
  onChange,
}: {
  readonly draft: TemplateDraft
  readonly flaws: ReadonlyMap<string, WizardFlaw>
  readonly onChange: (part: Partial<TemplateDraft>) => void
}) {
  const t = useT()
  return (
    <>
      <p className={styles.quiet}>{t('templates.publish.words.lead')}</p>
      <BothFields
        label={t('templates.publish.name')}
        value={draft.name}
        onChange={(name) => onChange({ name })}
        flaw={flaws.get('/name')}
        isRequired
        autoFocus
      />
      <BothFields
        label={t('templates.publish.description')}
        description={t('templates.publish.description.help')}
        value={draft.description}
        onChange={(description) => onChange({ description })}
        flaw={flaws.get('/description')}
      />
    </>
  )
}
