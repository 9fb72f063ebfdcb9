import type { FlowSummary } from '../../../app/api/index.ts'
import { useSay, useT } from '../../../app/i18n/index.ts'
import { ComboBox, TextField } from '../../../ui/index.ts'
import { isKey } from '../../flows/flow-files.ts'
import type { Template } from '../template-api.ts'
import styles from './Wizard.module.css'

/** Which draft, and under which id: that decides between a new template and a new version of one. */
export function FlowStep({
  flows,
  chosen,
  templateKey,
  before,
  isFixed,
  isTried,
  onChoose,
  onType,
  onKey,
}: {
  readonly flows: readonly FlowSummary[]
  readonly chosen: string | null
  readonly templateKey: string
  readonly before: Template | null
  readonly isFixed: boolean
  readonly isTried: boolean
  readonly onChoose: (key: string | null) => void
  /** What is typed to find one: there may be more than were read. */
  readonly onType: (text: string) => void
  readonly onKey: (key: string) => void
}) {
  const t = useT()
  const say = useSay()
  const problems = flows.find((flow) => flow.key === chosen)?.problems ?? 0
  return (
    <>
      <ComboBox
        label={t('templates.publish.flow')}
        description={t('templates.publish.flow.help')}
        options={flows.map((flow) => ({ value: flow.key, label: say(flow.name), help: flow.key }))}
        value={chosen}
        onChange={onChoose}
        onInputChange={onType}
        isRequired
        error={isTried && chosen === null ? t('app.form.required') : null}
      />
      {problems > 0 && <p className={styles.warn}>{t('templates.publish.problems', { count: problems })}</p>}
      <TextField
        label={t('templates.publish.key')}
        description={t('templates.publish.key.help')}
        value={templateKey}
        onChange={onKey}
        isDisabled={isFixed}
        isCode
        maxLength={64}
        error={templateKey !== '' && !isKey(templateKey) ? t('flows.key.invalid') : null}
      />
      {before !== null && (
        <p className={before.source === 'shipped' ? styles.warn : styles.quiet} data-testid="publish-before">
          {before.source === 'shipped'
            ? t('templates.publish.replaces', { name: say(before.flow.name) })
            : t('templates.publish.next', { name: say(before.flow.name), version: before.version + 1 })}
        </p>
      )}
    </>
  )
}
