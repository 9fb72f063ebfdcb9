import { useEffect, useMemo, useState } from 'react'
import { useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { useFlow } from '../../canvas/flow-editor.ts'
import { Shown } from '../data/DataTree.tsx'
import { scopeOfRun } from '../data/sample.ts'
import { useScope } from '../data/scope-context.ts'
import { useRecentRuns } from '../data/use-recent.ts'
import styles from './ExpressionDialog.module.css'
import type { Preview } from './evaluate.ts'
import { preview } from './preview.ts'

const shownMax = 8
const idleMs = 300

/** The same expression on the latest real runs: what is right for one customer may be nothing for the next. */
export function SampleResults({ source }: { readonly source: string }) {
  const t = useT()
  const say = useSay()
  const format = useFormat()
  const { step } = useScope()
  const doc = useFlow((state) => state.doc)
  const recent = useRecentRuns(step !== '')
  const samples = useMemo(
    () =>
      recent
        .flatMap(({ run, journal }) => {
          const scope = scopeOfRun(run, journal, step, doc)
          return scope === null ? [] : [{ at: Date.parse(run.startedAt), id: run.id, scope }]
        })
        .slice(0, shownMax),
    [recent, step, doc],
  )
  const [answers, setAnswers] = useState<readonly Preview[]>([])
  useEffect(() => {
    if (samples.length < 2 || source.trim() === '') {
      setAnswers([])
      return
    }
    let isHere = true
    const timer = setTimeout(() => {
      void Promise.all(samples.map(({ scope }) => preview('expression', source, scope))).then((found) => isHere && setAnswers(found))
    }, idleMs)
    return () => {
      isHere = false
      clearTimeout(timer)
    }
  }, [samples, source])
  if (answers.length === 0 || answers.length !== samples.length) return null
  return (
    <>
      <h4 className={styles.heading}>{t('inspect.expression.samples')}</h4>
      <ul className={styles.samples} data-testid="sample-results">
        {samples.map(({ id, at }, index) => {
          const answer = answers[index]
          return (
            <li key={id}>
              <span className={styles.quiet}>{format.relative(at)}</span>
              {answer?.ok === true ? <Shown value={answer.value} /> : <span>{answer === undefined ? '' : say(answer.message)}</span>}
            </li>
          )
        })}
      </ul>
    </>
  )
}
