import { PencilRuler } from 'lucide-react'
import { useState } from 'react'
import { useT } from '../../../app/i18n/index.ts'
import { Button } from '../../../ui/index.ts'
import type { WidgetProps } from '../types.ts'
import styles from './Form.module.css'
import { FormDialog } from './FormDialog.tsx'
import { questionsOf } from './form-model.ts'
import { useLabel } from './use-label.ts'

/** What a person is asked, as a list of questions; the designer opens over the canvas. */
export function FormWidget(props: WidgetProps) {
  const t = useT()
  const label = useLabel()
  const [opened, open] = useState<number | 'all' | null>(null)
  const questions = questionsOf(props.value)
  return (
    <div className={styles.summary}>
      {questions === null && <p className={styles.quiet}>{t('form.only-json')}</p>}
      {questions?.length === 0 && <p className={styles.quiet}>{t('form.none')}</p>}
      {questions !== null && questions.length > 0 && (
        <ol className={styles.asked}>
          {questions.map((question, at) => (
            <li key={question.name}>
              <button type="button" className={styles.line} onClick={() => open(at)}>
                <span className={styles.name}>
                  {label(question)}
                  {question.isRequired && (
                    <span className={styles.star} title={t('app.required')}>
                      *
                    </span>
                  )}
                </span>
                <span className={styles.kind}>{t(question.kind === null ? 'form.kind.other' : `form.kind.${question.kind}`)}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
      <div>
        <Button size="small" icon={<PencilRuler size={13} aria-hidden="true" />} onPress={() => open('all')}>
          {t(props.isDisabled ? 'form.look' : questions?.length === 0 ? 'form.start' : 'form.design')}
        </Button>
      </div>
      {opened !== null && <FormDialog {...props} first={opened === 'all' ? null : opened} onClose={() => open(null)} />}
    </div>
  )
}
