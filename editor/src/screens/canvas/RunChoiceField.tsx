import { useT } from '../../app/i18n/index.ts'
import { useFlow } from '../../canvas/flow-editor.ts'
import { Link, RadioGroup } from '../../ui/index.ts'
import styles from './Dialogs.module.css'
import { aliveOn, type FlowVersion, type RunChoice, runChoices, type Settled } from './flow-api.ts'

/** Runs that live on other versions than the one that becomes live. */
export function affectedBy(versions: readonly FlowVersion[], becoming: number | null): readonly FlowVersion[] {
  return versions.filter((version) => version.version !== becoming && aliveOn(version) > 0)
}

/** Who is affected, and what happens to them. Publishing preselects nothing, because only a person can know. */
export function RunChoiceField({
  affected,
  value,
  onChange,
}: {
  readonly affected: readonly FlowVersion[]
  readonly value: RunChoice | null
  readonly onChange: (choice: RunChoice) => void
}) {
  const t = useT()
  const flow = useFlow((state) => state.doc.head.key)
  if (affected.length === 0) return <p className={styles.quiet}>{t('publish.affected.none')}</p>
  return (
    <div className={styles.stack} data-testid="affected">
      <ul className={styles.lines}>
        {affected.map(({ version, active, runs }) => (
          <li key={version} data-version={version}>
            {/* Beside this dialog: what is chosen and written in it stays. */}
            <Link href={`/runs?flow=${flow}&state=running,waiting,incident`} target="_blank">
              {t('diff.runs.on', { version: t(active ? 'diff.version.live' : 'canvas.versions.name', { version }), ...runs })}
            </Link>
          </li>
        ))}
      </ul>
      <RadioGroup<RunChoice>
        label={t('publish.runs')}
        isRequired
        value={value}
        onChange={onChange}
        options={runChoices.map((choice) => ({
          value: choice,
          label: t(`publish.runs.${choice}`),
          help: t(`publish.runs.${choice}.help`),
        }))}
      />
      {value === null && <p className={styles.warn}>{t('publish.runs.required')}</p>}
    </div>
  )
}

/** What became of them. */
export function SettledWords({ settled }: { readonly settled: Settled }) {
  const t = useT()
  return (
    <div data-testid="settled">
      <p>{t(`publish.settled.${settled.choice}`, { done: settled.done })}</p>
      {settled.left.length > 0 && (
        <>
          <p className={styles.warn}>{t('publish.settled.left', { count: settled.left.length })}</p>
          <ul className={styles.lines}>
            {settled.left.map(({ run }) => (
              <li key={run}>
                <a href={`/runs/${run}`}>{run}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      {settled.more && <p className={styles.warn}>{t('publish.settled.more')}</p>}
    </div>
  )
}
