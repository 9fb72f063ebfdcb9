import { useQuery } from '@tanstack/react-query'
import { useId, useMemo, useState } from 'react'
import { isProblem, type ProblemError, readFlow } from '../../../app/api/index.ts'
import { translate, useT } from '../../../app/i18n/index.ts'
import { useFlowFinder } from '../../../app/names/use-flow-finder.ts'
import { useAct } from '../../../app/shell/use-act.ts'
import { catalogue } from '../../../canvas/catalogue.ts'
import { Button, Dialog } from '../../../ui/index.ts'
import { isKey } from '../../flows/flow-files.ts'
import { publishTemplate, type Template, templatesQuery } from '../template-api.ts'
import { AsksStep } from './AsksStep.tsx'
import { bodyOf, flawsAt, startDraft, stepOf, type TemplateDraft, type WizardFlaw, type WizardStep, wizardSteps } from './draft.ts'
import { FlowStep } from './FlowStep.tsx'
import { LookStep } from './LookStep.tsx'
import styles from './Wizard.module.css'
import { WordsStep } from './WordsStep.tsx'

/** Makes a template of a draft in four steps; under the id of one that is there, its next version. */
export function PublishWizard({
  flow,
  template,
  onClose,
  onPublished,
}: {
  /** Chosen already, when it starts from a flow. */
  readonly flow?: string
  /** The template that gets a new version. */
  readonly template?: Template
  readonly onClose: () => void
  readonly onPublished?: () => void
}) {
  const t = useT()
  const form = useId()
  const [typed, setTyped] = useState(flow ?? template?.key ?? '')
  const finder = useFlowFinder(typed)
  const templates = useQuery(templatesQuery)
  const [step, setStep] = useState<WizardStep>('flow')
  const [chosen, setChosen] = useState<string | null>(flow ?? template?.key ?? null)
  const [ownKey, setOwnKey] = useState<string | null>(template?.key ?? null)
  const [draft, setDraft] = useState<TemplateDraft | null>(null)
  const [tried, setTried] = useState(false)
  const [refused, setRefused] = useState<ProblemError | null>(null)
  const key = ownKey ?? chosen ?? ''
  const before = templates.data?.items.find((each) => each.key === key) ?? null
  const isThere = finder.flows.some((each) => each.key === chosen)
  const flaws = useMemo((): ReadonlyMap<string, WizardFlaw> => (draft === null ? new Map() : flawsAt(step, draft)), [draft, step])
  const show = (next: WizardStep) => {
    setTried(false)
    setStep(next)
  }
  const load = useAct(readFlow, {
    onDone: (file) => {
      setDraft(startDraft(key, file, before, catalogue))
      show('words')
    },
    onProblem: (error) => {
      if (!isProblem(error)) return false
      setRefused(error)
      return true
    },
  })
  const publish = useAct((made: TemplateDraft) => publishTemplate(made.key, bodyOf(made)), {
    refresh: [['templates'], ['flow-template']],
    done: ({ version }) => translate('templates.publish.done', { version }),
    onDone: () => {
      onClose()
      onPublished?.()
    },
    onProblem: (error) => {
      if (!isProblem(error)) return false
      setRefused(error)
      const [first] = error.errors
      const where = first === undefined ? null : stepOf(first.path)
      if (where !== null) show(where)
      return true
    },
  })
  const advance = () => {
    setRefused(null)
    setTried(true)
    if (step === 'flow') {
      if (chosen === null || !isThere || !isKey(key)) return
      if (draft?.file.key === chosen && draft.key === key) show('words')
      else load.mutate(chosen)
      return
    }
    if (draft === null || flaws.size > 0) return
    if (step === 'look') publish.mutate(draft)
    else show(wizardSteps[wizardSteps.indexOf(step) + 1] ?? 'look')
  }
  const change = (part: Partial<TemplateDraft>) => setDraft((now) => (now === null ? null : { ...now, ...part }))
  const submitWords = before === null ? t('templates.publish.first') : t('templates.publish.submit', { version: before.version + 1 })
  const shown = tried ? flaws : new Map<string, WizardFlaw>()
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="large"
      title={t('templates.publish.title')}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          {step !== 'flow' && <Button onPress={() => show(wizardSteps[wizardSteps.indexOf(step) - 1] ?? 'flow')}>{t('app.back')}</Button>}
          <Button
            tone="primary"
            type="submit"
            form={form}
            isPending={load.isPending || publish.isPending}
            isDisabled={finder.isPending || templates.isPending}
          >
            {step === 'look' ? submitWords : t('app.next')}
          </Button>
        </>
      }
    >
      <ol className={styles.steps} aria-label={t('templates.publish.steps')}>
        {wizardSteps.map((each, index) => (
          <li key={each} {...(each === step && { 'aria-current': 'step' as const })}>
            <span className={styles.number} aria-hidden="true">
              {index + 1}
            </span>
            {t(`templates.publish.step.${each}`)}
          </li>
        ))}
      </ol>
      <form
        id={form}
        className={styles.form}
        data-testid="publish-template"
        data-step={step}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          advance()
        }}
      >
        {refused !== null && <Refusal problem={refused} />}
        {step === 'flow' && (
          <FlowStep
            flows={finder.flows}
            onType={setTyped}
            chosen={isThere ? chosen : null}
            templateKey={key}
            before={before}
            isFixed={template !== undefined}
            isTried={tried}
            onChoose={setChosen}
            onKey={setOwnKey}
          />
        )}
        {step === 'words' && draft !== null && <WordsStep draft={draft} flaws={shown} onChange={change} />}
        {step === 'asks' && draft !== null && <AsksStep draft={draft} flaws={shown} onChange={change} />}
        {step === 'look' && draft !== null && <LookStep draft={draft} before={before} onChange={change} />}
      </form>
    </Dialog>
  )
}

function Refusal({ problem }: { readonly problem: ProblemError }) {
  return (
    <div className={styles.refusal} role="alert">
      <strong>{problem.title || problem.message}</strong>
      {problem.detail !== '' && <p>{problem.detail}</p>}
      {problem.errors.map((each) => (
        <p key={`${each.path}${each.message}`}>
          <code>{each.path}</code> {each.message}
        </p>
      ))}
    </div>
  )
}
