import { useT } from '../../app/i18n/index.ts'
import { Link } from '../../ui/index.ts'
import { aliveOn, type FlowVersion } from '../canvas/flow-api.ts'
import styles from './FlowDiff.module.css'

/** Which versions still have runs, and how many. */
export function VersionRuns({ flow, versions }: { readonly flow: string; readonly versions: readonly FlowVersion[] }) {
  const t = useT()
  const alive = versions.filter((version) => aliveOn(version) > 0)
  return (
    <section className={styles.runs} aria-label={t('diff.runs')} data-testid="version-runs">
      <strong>{t('diff.runs')}</strong>
      {alive.length === 0 && <span>{t('diff.runs.none')}</span>}
      {alive.map(({ version, active, runs }) => (
        <Link key={version} data-version={version} href={`/runs?flow=${flow}&state=running,waiting,incident`}>
          {t('diff.runs.on', { version: t(active ? 'diff.version.live' : 'canvas.versions.name', { version }), ...runs })}
        </Link>
      ))}
    </section>
  )
}
