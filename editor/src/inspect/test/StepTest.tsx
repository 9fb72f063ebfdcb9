import type { Json } from '@sluice/flows'
import { FlaskConical } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { isProblem } from '../../app/api/index.ts'
import { useSay, useT } from '../../app/i18n/index.ts'
import { useWords } from '../../app/names/use-words.ts'
import { announce } from '../../app/shell/announce.ts'
import { useFlow, useFlowEditor, useView } from '../../canvas/flow-editor.ts'
import { configOf, toFile } from '../../doc/index.ts'
import { play, warm } from '../../simulate/here/index.ts'
import { usesIn } from '../../simulate/session.ts'
import { type StepResult, sealsIn, stepOrder, stepResult } from '../../simulate/step-test.ts'
import { Button, Checkbox, Kbd, TextArea } from '../../ui/index.ts'
import { SampleBar } from '../data/DataPane.tsx'
import { noteTested } from '../data/kept-outputs.ts'
import { useScope } from '../data/scope-context.ts'
import { Answer, type OutsideAnswer, readAnswer, taken } from './Answer.tsx'
import { Result } from './Result.tsx'
import styles from './StepTest.module.css'

type Told =
  | { readonly kind: 'result'; readonly result: StepResult; readonly revision: number; readonly isTold: boolean }
  | { readonly kind: 'problem'; readonly problem: unknown }

/** One step of the draft on the sample shown, without effect: what it would give, and what would have left. */
export function StepTest({ step: id }: { readonly step: string }) {
  const t = useT()
  const say = useSay()
  const words = useWords()
  const { flow, catalogue, view } = useFlowEditor()
  const step = useFlow((state) => state.doc.nodes.get(id))
  const revision = useFlow((state) => state.revision)
  const asked = useView((each) => each.testAsked)
  const { scope } = useScope()
  const uses = useMemo(() => usesIn(step === undefined ? [] : [{ config: configOf(step) }]), [step])
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set())
  const [text, setText] = useState<string | null>(null)
  const [answer, setAnswer] = useState<OutsideAnswer>(taken)
  const [wrong, setWrong] = useState<{ readonly field: 'input' | 'answer'; readonly reason: string } | null>(null)
  const [told, setTold] = useState<Told | null>(null)
  const [isPending, setPending] = useState(false)
  const node = catalogue.find(step?.type ?? '')
  const isOutside = node?.effect === 'idempotent' || node?.effect === 'unsafe'
  const seals = useMemo(() => (scope === null ? [] : sealsIn({ event: scope.event?.data ?? null, input: scope.input })), [scope])

  async function run(): Promise<void> {
    if (scope === null || isPending) return
    const input = parsed(text, scope.input)
    if ('reason' in input) return setWrong({ field: 'input', reason: input.reason })
    const outside = readAnswer(answer)
    if ('reason' in outside) return setWrong({ field: 'answer', reason: outside.reason })
    setWrong(null)
    setPending(true)
    const file = toFile(flow.getState().doc)
    const consents = uses.filter((use) => !refused.has(`${use.purpose} ${use.scene}`))
    const standIn = isOutside ? outside.standIn : null
    const order = stepOrder({
      flow: file,
      step: id,
      scope,
      input: input.value,
      consents,
      outside: standIn,
      sealed: t('simulate.step.sealed'),
    })
    try {
      const simulated = await play(file.key, order)
      const result = stepResult(simulated, id)
      if (result.outcome.kind === 'done') noteTested(file.key, id, { port: result.outcome.port, data: result.outcome.data })
      setTold({ kind: 'result', result, revision: flow.getState().revision, isTold: standIn !== null })
      announce(t(`simulate.step.say.${result.outcome.kind}`))
    } catch (problem) {
      setTold({ kind: 'problem', problem })
    } finally {
      setPending(false)
    }
  }

  useEffect(() => warm(toFile(flow.getState().doc)), [flow])

  // The key that tests a step opens this tab first; the sample may come a moment later.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time it is asked.
  useEffect(() => {
    if (asked !== id || scope === null) return
    view.setState({ testAsked: null })
    void run()
  }, [asked, scope])

  if (step === undefined) return null
  if (scope === null) return <p className={styles.quiet}>{t('inspect.data.none')}</p>
  const tick = (name: string, on: boolean) => setRefused(new Set(on ? [...refused].filter((one) => one !== name) : [...refused, name]))
  return (
    <div className={styles.pane} data-testid="step-test">
      <SampleBar />
      {seals.length > 0 && (
        <p className={styles.note} title={seals.slice(0, 20).join('\n')}>
          {t('simulate.step.seals', { count: seals.length, text: t('simulate.step.sealed') })}
        </p>
      )}
      <details className={styles.fold}>
        <summary>{t('simulate.step.input')}</summary>
        <TextArea
          label={t('simulate.step.input.json')}
          value={text ?? JSON.stringify(scope.input, null, 2)}
          onChange={setText}
          rows={8}
          isCode
          spellCheck="false"
          error={wrong?.field === 'input' ? t('canvas.run.bad-json', { reason: wrong.reason }) : null}
        />
      </details>
      {uses.length > 0 && (
        <fieldset className={styles.consents}>
          <legend>{t('simulate.consents')}</legend>
          {uses.map(({ purpose, scene }) => (
            <Checkbox
              key={`${purpose} ${scene}`}
              isSelected={!refused.has(`${purpose} ${scene}`)}
              onChange={(on) => tick(`${purpose} ${scene}`, on)}
            >
              {words.purpose(purpose)} · {words.scene(scene)}
            </Checkbox>
          ))}
        </fieldset>
      )}
      {isOutside && (
        <Answer
          step={step}
          answer={answer}
          onChange={setAnswer}
          error={wrong?.field === 'answer' ? t('canvas.run.bad-json', { reason: wrong.reason }) : null}
        />
      )}
      <Button tone="primary" isWide icon={<FlaskConical size={14} aria-hidden="true" />} isPending={isPending} onPress={() => void run()}>
        {t('canvas.command.test-step')} <Kbd keys="Shift+Enter" />
      </Button>
      <p className={styles.quiet}>{t('simulate.step.lead')}</p>
      {told?.kind === 'problem' && (
        <div className={styles.bad} role="alert">
          <p>{isProblem(told.problem) ? told.problem.message : t('app.problem.title')}</p>
          {isProblem(told.problem) && (
            <ul>
              {told.problem.errors.slice(0, 5).map((each) => (
                <li key={`${each.path}${each.message}`}>{each.message}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      {told?.kind === 'result' && (
        <Result
          key={told.revision}
          step={step}
          title={say(node?.label ?? step.type)}
          result={told.result}
          isOld={told.revision !== revision}
          isTold={told.isTold}
        />
      )}
    </div>
  )
}

function parsed(text: string | null, otherwise: Json): { readonly value: Json } | { readonly reason: string } {
  if (text === null) return { value: otherwise }
  try {
    return { value: JSON.parse(text) as Json }
  } catch (thrown) {
    return { reason: thrown instanceof Error ? thrown.message : '' }
  }
}
