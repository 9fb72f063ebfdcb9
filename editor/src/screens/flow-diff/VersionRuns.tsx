import { useT } from '../../app/i18n/index.ts'
import { aliveOn, type FlowVersion } from '../canvas/flow-api.ts'
import styles from './FlowDiff.module.css'

/** Which versions still have runs, and how many. */
export function VersionRuns({ versions }: { readonly versions: readonly FlowVersion[] }) {
  const t = useT()
  const alive = versions.filter((version) => aliveOn(version) > 0)
  return (
    <section className={styles.runs} aria-label={t('diff.runs')} data-testid="version-runs">
      <strong>{t('diff.runs')}</strong>
      {alive.length === 0 && <span>{t('diff.runs.none')}</span>}
      {alive.map(({ version, active, runs }) => (
        <span key={version} data-version={version}>
          {t('diff.runs.on', { version: t(active ? 'diff.version.live' : 'canvas.versions.name', { version }), ...runs })}
        </span>
      ))}
    </section>
  )
}
