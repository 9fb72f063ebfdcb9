import { X } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { compareRuns, type RunDifference } from '../../run/compare.ts'
import type { Timeline } from '../../run/timeline.ts'
import { IconButton, Link, Spinner } from '../../ui/index.ts'
import { ChangesTable } from './ChangesTable.tsx'
import { changesBetween } from './changes.ts'
import styles from './Replay.module.css'
import { useRunStory } from './use-run-story.ts'

/** Where this run and another one went apart: the first step that differs is looked at, all of them are listed with their values. */
export function Compare({
  line,
  other,
  titleOf,
  onLook,
  onClose,
}: {
  readonly line: Timeline
  readonly other: string
  readonly titleOf: (node: string) => string
  readonly onLook: (differences: readonly RunDifference[], at: RunDifference | null) => void
  readonly onClose: () => void
}) {
  const t = useT()
  const { story, error, retry } = useRunStory(other)
  const differences = useMemo(() => (story === null ? null : compareRuns(line.entries, story.line.entries)), [line, story])
  const looked = useRef(false)
  useEffect(() => {
    if (differences === null || looked.current) return
    looked.current = true
    onLook(differences, differences[0] ?? null)
  }, [differences, onLook])
  return (
    <section className={styles.compare} aria-label={t('replay.compare')} data-testid="compare">
      <header className={styles.detailHead}>
        <h2>
          {t('replay.compare.with')} <Link href={`/runs/${other}`}>{other.slice(-6)}</Link>
        </h2>
        <IconButton size="small" label={t('replay.compare.close')} icon={<X size={14} aria-hidden="true" />} onPress={onClose} />
      </header>
      {error !== null && <QueryProblem error={error} onRetry={retry} />}
      {error === null && differences === null && (
        <p className={styles.none}>
          <Spinner size={16} />
        </p>
      )}
      {differences !== null && <p className={styles.none}>{t('replay.compare.count', { count: differences.length })}</p>}
      <ol className={styles.differences}>
        {(differences ?? []).map((one) => (
          <li key={`${one.node} ${one.nth} ${one.kind}`} data-difference={one.node} data-kind={one.kind}>
            <button type="button" className={styles.moment} onClick={() => onLook(differences ?? [], one)}>
              <span className={styles.what}>
                <b>{titleOf(one.node)}</b> {one.nth > 1 && `#${one.nth} `}
                {t(`replay.compare.${one.kind}`, { here: one.here?.port ?? '', there: one.there?.port ?? '' })}
              </span>
            </button>
            {one.kind === 'data' && <Values one={one} />}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Values({ one }: { readonly one: RunDifference }) {
  const t = useT()
  return (
    <ChangesTable
      changes={changesBetween(one.here?.data, one.there?.data)}
      before={t('replay.compare.here')}
      after={t('replay.compare.there')}
    />
  )
}
