import { useEffect, useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { useFlowEditor } from '../../canvas/flow-editor.ts'
import { toFile } from '../../doc/index.ts'
import type { FlowTest } from '../../simulate/flow-test.ts'
import { play } from '../../simulate/here/index.ts'
import { checkAll, type Outcome } from '../../simulate/play-test.ts'
import { Checkbox, Spinner } from '../../ui/index.ts'
import styles from './Dialogs.module.css'
import { Mark, said } from './simulate/SavedTests.tsx'
import simulate from './simulate/Simulate.module.css'

/** The tests kept beside the draft, played on exactly what is about to be published. One that fails has to be waved through by hand. */
export function PublishTests({ tests, onVerdict }: { readonly tests: readonly FlowTest[]; readonly onVerdict: (mayGo: boolean) => void }) {
  const t = useT()
  const { flow } = useFlowEditor()
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map())
  const [isAccepted, accept] = useState(false)
  useEffect(() => {
    let isHere = true
    void checkAll(play, tests, toFile(flow.getState().doc), (found) => isHere && setOutcomes(found))
    return () => {
      isHere = false
    }
  }, [tests, flow])
  const isDone = tests.every(({ name }) => outcomes.has(name))
  const failed = [...outcomes.values()].filter((outcome) => outcome.length > 0).length
  const mayGo = isDone && (failed === 0 || isAccepted)
  useEffect(() => onVerdict(mayGo), [mayGo, onVerdict])
  const count = tests.length
  if (!isDone)
    return (
      <p className={styles.row}>
        <Spinner size={16} /> {t('publish.tests.running', { count })}
      </p>
    )
  if (failed === 0) return <p className={styles.good}>{t('publish.tests.passed', { count })}</p>
  return (
    <>
      <p className={styles.bad}>{t('publish.tests.failed', { failed, count })}</p>
      <ul className={simulate.tests} data-testid="publish-tests">
        {tests.map(({ name }) => (
          <li key={name} data-outcome={said(outcomes.get(name))}>
            <Mark outcome={outcomes.get(name)} />
            <span>{name}</span>
          </li>
        ))}
      </ul>
      <Checkbox isSelected={isAccepted} onChange={accept} help={t('publish.tests.anyway.help')}>
        {t('publish.tests.anyway')}
      </Checkbox>
    </>
  )
}
