import { CircleCheck, CircleX, Download, Play, Save, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useT } from '../../../app/i18n/index.ts'
import { announce } from '../../../app/shell/announce.ts'
import { useFlow } from '../../../canvas/flow-editor.ts'
import { type FlowTest, type FlowTestFile, testOf, unsayable } from '../../../simulate/flow-test.ts'
import { play } from '../../../simulate/here/index.ts'
import { checkAll, expected, type Outcome, triggerOf } from '../../../simulate/play-test.ts'
import { testShelf } from '../../../simulate/saved-tests.ts'
import { Button, IconButton, TextField, toast } from '../../../ui/index.ts'
import styles from './Simulate.module.css'
import type { Simulation } from './use-simulation.ts'

/** Flow tests kept beside the draft in this browser; the file is read by `sluice test`. */
export function SavedTests({ simulation }: { readonly simulation: Simulation }) {
  const t = useT()
  const key = useFlow((state) => state.doc.head.key)
  const [shelf] = useState(() => testShelf(localStorage))
  const [tests, setTests] = useState(() => shelf.read(key))
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map())
  const [name, setName] = useState('')
  const [isBusy, setBusy] = useState(false)
  const { session } = simulation.state
  const keep = (next: readonly FlowTest[]) => {
    shelf.write(key, next)
    setTests(shelf.read(key))
  }

  async function save(): Promise<void> {
    if (session === null) return
    const why = unsayable(session)
    if (why !== null) return void toast({ tone: 'error', title: t(`simulate.test.no.${why}`) })
    setBusy(true)
    try {
      const said = name.trim() === '' ? t('simulate.test.unnamed', { number: tests.length + 1 }) : name.trim()
      const test = await expected(play, testOf(session, said), triggerOf(simulation.file()), simulation.file())
      if (test === null || test.expect.state !== simulation.run?.state)
        return void toast({ tone: 'error', title: t('simulate.test.no.time') })
      keep([...tests.filter((one) => one.name !== said), test])
      setOutcomes(new Map([...outcomes, [said, []]]))
      setName('')
      announce(t('simulate.test.saved', { name: said }))
    } catch {
      toast({ tone: 'error', title: t('app.problem.title') })
    } finally {
      setBusy(false)
    }
  }

  async function runAll(): Promise<void> {
    setBusy(true)
    const found = await checkAll(play, tests, simulation.file(), setOutcomes)
    setBusy(false)
    const failed = [...found.values()].filter((outcome) => outcome.length > 0).length
    announce(t('simulate.test.result', { passed: tests.length - failed, failed }))
  }

  if (session === null && tests.length === 0) return null
  return (
    <section className={styles.card} aria-label={t('simulate.tests')}>
      <h4>{t('simulate.tests')}</h4>
      {session !== null && (
        <div className={styles.row}>
          <TextField label={t('simulate.test.name')} value={name} onChange={setName} />
          <Button size="small" icon={<Save size={14} aria-hidden="true" />} isPending={isBusy} onPress={() => void save()}>
            {t('simulate.test.save')}
          </Button>
        </div>
      )}
      {tests.length > 0 && (
        <>
          <ul className={styles.tests}>
            {tests.map((test) => (
              <li key={test.name} data-testid="flow-test" data-outcome={said(outcomes.get(test.name))}>
                <Mark outcome={outcomes.get(test.name)} />
                <span>{test.name}</span>
                <IconButton
                  size="small"
                  label={t('simulate.test.remove', { name: test.name })}
                  icon={<Trash2 size={14} aria-hidden="true" />}
                  onPress={() => keep(tests.filter((one) => one !== test))}
                />
              </li>
            ))}
          </ul>
          <div className={styles.jumps}>
            <Button size="small" icon={<Play size={14} aria-hidden="true" />} isPending={isBusy} onPress={() => void runAll()}>
              {t('simulate.test.run')}
            </Button>
            <Button
              size="small"
              icon={<Download size={14} aria-hidden="true" />}
              onPress={() => download(`${key}.flow-test.json`, { flow: `./${key}.flow.json`, tests })}
            >
              {t('simulate.test.download')}
            </Button>
          </div>
          <p className={styles.quiet}>{t('simulate.test.where')}</p>
        </>
      )}
    </section>
  )
}

/** How one test went; nothing while it has not been played. */
export function Mark({ outcome }: { readonly outcome: Outcome | undefined }) {
  const t = useT()
  if (outcome === undefined) return null
  if (outcome.length === 0) return <CircleCheck size={16} className={styles.good} aria-label={t('simulate.test.passed')} />
  const what =
    outcome === 'refused' ? t('simulate.test.differs.refused') : outcome.map((part) => t(`simulate.test.differs.${part}`)).join(', ')
  return (
    <span className={styles.failed}>
      <CircleX size={16} aria-hidden="true" />
      <span>{what}</span>
    </span>
  )
}

export function said(outcome: Outcome | undefined): string {
  return outcome === undefined ? 'none' : outcome.length === 0 ? 'passed' : 'failed'
}

function download(name: string, file: FlowTestFile): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: 'application/json' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
