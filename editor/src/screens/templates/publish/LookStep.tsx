import { useMemo, useState } from 'react'
import { useSay, useT } from '../../../app/i18n/index.ts'
import { type FormData, type FormSchema, initialData, SchemaForm, TextArea } from '../../../ui/index.ts'
import { FlowThumbnail } from '../../flows/FlowThumbnail.tsx'
import card from '../Templates.module.css'
import type { Template } from '../template-api.ts'
import { previewOf, type TemplateDraft } from './draft.ts'
import styles from './Wizard.module.css'

const noteCharsMax = 2_000
const none: ReadonlyMap<string, string> = new Map()

/** The template as others will meet it: its card, the questions of its install dialog; and what changed, in words. */
export function LookStep({
  draft,
  before,
  onChange,
}: {
  readonly draft: TemplateDraft
  readonly before: Template | null
  readonly onChange: (part: Partial<TemplateDraft>) => void
}) {
  const t = useT()
  const say = useSay()
  const flow = useMemo(() => previewOf(draft), [draft])
  const schema = useMemo((): FormSchema => ({ type: 'object', ...(flow.parameters as FormSchema | undefined) }), [flow])
  const [answers, setAnswers] = useState<FormData>(() => initialData(schema))
  return (
    <>
      <div className={styles.look}>
        <div className={card.card} data-testid="publish-preview">
          <div className={card.drawing}>
            <FlowThumbnail flow={flow} />
          </div>
          <div className={card.words}>
            <h2>{say(flow.name)}</h2>
            <p>{say(flow.description)}</p>
          </div>
        </div>
        <fieldset className={card.asks}>
          <legend>{t('templates.install.asks')}</legend>
          {draft.asked.length === 0 ? (
            <p className={styles.quiet}>{t('templates.publish.look.asks-nothing')}</p>
          ) : (
            <SchemaForm schema={schema} data={answers} onChange={setAnswers} errors={none} />
          )}
        </fieldset>
      </div>
      {before !== null && before.copies > 0 && (
        <p className={styles.quiet}>{t('templates.publish.look.copies', { count: before.copies })}</p>
      )}
      <TextArea
        label={t('templates.publish.note')}
        description={t('templates.publish.note.help')}
        value={draft.note}
        onChange={(note) => onChange({ note })}
        maxLength={noteCharsMax}
        rows={2}
      />
    </>
  )
}
