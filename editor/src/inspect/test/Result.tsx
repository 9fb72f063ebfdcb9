import { Pin, PinOff } from 'lucide-react'
import { useStore } from 'zustand'
import { ErrorText } from '../../app/failures/index.ts'
import { useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { useFlow, useFlowEditor } from '../../canvas/flow-editor.ts'
import { portsOfStep, type Step } from '../../doc/index.ts'
import type { StepOutcome, StepResult } from '../../simulate/step-test.ts'
import { Badge, Button, type Tone, ValueView } from '../../ui/index.ts'
import { keepOutput, keptOf, keptOutputs } from '../data/kept-outputs.ts'
import styles from './StepTest.module.css'

const tones: Readonly<Record<StepOutcome['kind'], Tone>> = { done: 'ok', failed: 'error', waiting: 'wait', nothing: 'neutral' }

/** What came of the test. */
export function Result({
  step,
  title,
  result,
  isOld,
  isTold,
}: {
  readonly step: Step
  readonly title: string
  readonly result: StepResult
  readonly isOld: boolean
  /** The outside answered what the person said. */
  readonly isTold: boolean
}) {
  const t = useT()
  const { outcome, acts } = result
  return (
    <section
      className={styles.result}
      aria-label={t('simulate.step.result', { step: title })}
      data-testid="step-result"
      data-outcome={outcome.kind}
      data-port={outcome.kind === 'done' ? outcome.port : undefined}
    >
      <div className={styles.head}>
        <Badge tone={tones[outcome.kind]}>{t(`simulate.step.outcome.${outcome.kind}`)}</Badge>
        {isOld && <span className={styles.old}>{t('simulate.old')}</span>}
      </div>
      <Outcome step={step} outcome={outcome} isTold={isTold} />
      {acts.length > 0 && (
        <>
          <h4>{t('simulate.acts')}</h4>
          {acts.map((act, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: never reordered.
            <div key={index} className={styles.act}>
              <ValueView value={act} />
            </div>
          ))}
        </>
      )}
    </section>
  )
}

function Outcome({ step, outcome, isTold }: { readonly step: Step; readonly outcome: StepOutcome; readonly isTold: boolean }) {
  const t = useT()
  const say = useSay()
  const format = useFormat()
  const { catalogue } = useFlowEditor()
  if (outcome.kind === 'nothing') return null
  if (outcome.kind === 'failed')
    return (
      <div className={styles.bad}>
        <ErrorText error={outcome.error} />
      </div>
    )
  if (outcome.kind === 'waiting')
    return outcome.dueAt === null ? null : <p className={styles.quiet}>{t('simulate.step.until', { when: format.exact(outcome.dueAt) })}</p>
  const isStoodIn = isSimulated(outcome.why)
  const port = portsOfStep(step, catalogue).outputs.find(({ name }) => name === outcome.port)
  return (
    <>
      <h4>
        {t('inspect.data.output')} <Badge>{port?.label === undefined ? outcome.port : say(port.label)}</Badge>{' '}
        {isStoodIn && <Badge tone="wait">{t(isTold ? 'simulate.act.told' : 'simulate.act.assumed')}</Badge>}
      </h4>
      <ValueView value={outcome.data} />
      {outcome.why !== null && !isStoodIn && (
        <details className={styles.fold}>
          <summary>{t('inspect.data.why')}</summary>
          <ValueView value={outcome.why} />
        </details>
      )}
      <Keep step={step.id} outcome={outcome} />
    </>
  )
}

/** The simulation says so where it answered in the place of the outside. */
function isSimulated(why: unknown): boolean {
  return typeof why === 'object' && why !== null && 'simulated' in why
}

function Keep({ step, outcome }: { readonly step: string; readonly outcome: Extract<StepOutcome, { kind: 'done' }> }) {
  const t = useT()
  const key = useFlow((state) => state.doc.head.key)
  const kept = useStore(keptOutputs, (state) => keptOf(state.byStep, key).get(step))
  const isKept = kept !== undefined && kept.data === outcome.data && kept.port === outcome.port
  return (
    <div className={styles.keep}>
      <Button
        size="small"
        icon={isKept ? <PinOff size={13} aria-hidden="true" /> : <Pin size={13} aria-hidden="true" />}
        aria-pressed={isKept}
        onPress={() => keepOutput(key, step, isKept ? null : { port: outcome.port, data: outcome.data })}
      >
        {t(isKept ? 'simulate.step.let-go' : 'simulate.step.keep')}
      </Button>
      <p className={styles.quiet}>{t('simulate.step.keep.lead')}</p>
    </div>
  )
}
