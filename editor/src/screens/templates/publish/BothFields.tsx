import { useT } from '../../../app/i18n/index.ts'
import { TextField } from '../../../ui/index.ts'
import type { Both } from './asked.ts'
import type { WizardFlaw } from './draft.ts'
import styles from './Wizard.module.css'

const languages = ['en', 'zh-CN'] as const
const charsMax = 200

/** One text in both languages, side by side. The empty one of the two carries the error. */
export function BothFields({
  label,
  description,
  value,
  onChange,
  flaw,
  isRequired = false,
  autoFocus = false,
}: {
  readonly label: string
  readonly description?: string
  readonly value: Both
  readonly onChange: (value: Both) => void
  readonly flaw: WizardFlaw | undefined
  readonly isRequired?: boolean
  readonly autoFocus?: boolean
}) {
  const t = useT()
  return (
    <fieldset className={styles.both}>
      <legend>{label}</legend>
      <div className={styles.two}>
        {languages.map((language) => (
          <TextField
            key={language}
            label={t(`templates.publish.in.${language}`, { label })}
            value={value[language]}
            onChange={(text) => onChange({ ...value, [language]: text })}
            isRequired={isRequired}
            maxLength={charsMax}
            autoFocus={autoFocus && language === 'en'}
            error={
              flaw !== undefined && value[language].trim() === ''
                ? t(flaw === 'half' ? 'templates.publish.half' : 'app.form.required')
                : null
            }
          />
        ))}
      </div>
      {description !== undefined && <p className={styles.quiet}>{description}</p>}
    </fieldset>
  )
}
