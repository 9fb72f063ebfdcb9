import type { FlowDefinition } from '@sluice/flows'
import { FileUp, LayoutTemplate, SquarePen, WandSparkles } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import { createFlow, isProblem } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { useAct } from '../../app/shell/use-act.ts'
import {
  Button,
  Dialog,
  type FormData,
  type FormSchema,
  flawsOf,
  initialData,
  onDemand,
  SchemaForm,
  Segments,
  TextField,
  useFlawWords,
} from '../../ui/index.ts'
import { installTemplate, type Template } from '../templates/template-api.ts'
import { blankFlow } from './flow-files.ts'
import { ImportFile } from './ImportFile.tsx'
import styles from './NewFlowDialog.module.css'
import { TemplateCards } from './TemplateCards.tsx'
import { useFlowKey } from './use-flow-key.ts'

type Way = 'blank' | 'template' | 'words' | 'import'

/** Knows every step type. */
const DescribeFlow = onDemand(async () => (await import('./DescribeFlow.tsx')).DescribeFlow)

/** Blank, from a template, in words, or from a file: all of them end as a draft under a key of its own. */
export function NewFlowDialog({
  taken: known,
  onClose,
  onCreated,
}: {
  readonly taken: readonly string[]
  readonly onClose: () => void
  readonly onCreated: (key: string) => void
}) {
  const t = useT()
  const [way, setWay] = useState<Way>('blank')
  const [source, setSource] = useState<FlowDefinition | null>(null)
  const [template, setTemplate] = useState<Template | null>(null)
  const [answers, setAnswers] = useState<FormData>({})
  const [tried, setTried] = useState(false)
  const [name, setName] = useState('')
  const [problems, setProblems] = useState<readonly string[]>([])
  /** Keys the server refused: of thousands of flows the list knows some. */
  const [refused, setRefused] = useState<readonly string[]>([])
  const taken = [...known, ...refused]
  const fallback = source?.key ?? template?.key ?? 'flow'
  const { key, setOwn, isOwn, flaw: keyFlaw, settled } = useFlowKey(name, fallback, taken)
  const keyError = keyFlaw === null ? null : t(`flows.key.${keyFlaw}`)
  const isMissing = (way === 'template' && template === null) || ((way === 'import' || way === 'words') && source === null)
  const sayFlaw = useFlawWords()
  const schema = useMemo((): FormSchema => ({ type: 'object', ...(template?.flow.parameters as FormSchema | undefined) }), [template])
  const flaws = flawsOf(schema, answers)
  const create = useAct(createFlow, {
    refresh: [['flows']],
    onDone: (_, flow) => onCreated(flow.key),
    onProblem: (error, flow) => {
      if (isProblem(error, 412)) {
        setRefused((before) => [...before, flow.key])
        return isOwn
      }
      if (!isProblem(error) || error.errors.length === 0) return false
      setProblems(error.errors.map((each) => `${each.path}: ${each.message}`))
      return true
    },
  })
  /** By the server, so that the copy remembers its template and can follow it. */
  const install = useAct(installTemplate, {
    refresh: [['flows'], ['templates']],
    onDone: ({ flow }) => onCreated(flow),
    onProblem: (error) => {
      if (!isProblem(error) || error.errors.length === 0) return false
      setProblems(error.errors.map((each) => `${each.path}: ${each.message}`))
      return true
    },
  })
  const choose = (flow: FlowDefinition | null) => {
    setSource(flow)
    setProblems([])
  }
  const chooseTemplate = (chosen: Template | null) => {
    setTemplate(chosen)
    setAnswers(initialData({ type: 'object', ...(chosen?.flow.parameters as FormSchema | undefined) }))
    setTried(false)
    setProblems([])
  }
  const submit = async () => {
    if (keyError !== null || isMissing) return
    const key = await settled()
    const words = name.trim()
    if (way === 'template' && template !== null) {
      setTried(true)
      if (flaws.size === 0) install.mutate({ template: template.key, key, answers, ...(words === '' ? {} : { name: words }) })
      return
    }
    const base = source ?? blankFlow(key, '')
    create.mutate({ ...base, key, name: words || base.name || t('flows.untitled') })
  }
  const form = useId()
  const icon = { size: 14, 'aria-hidden': true } as const
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('flows.new')}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone="primary"
            isPending={create.isPending || install.isPending}
            isDisabled={keyError !== null || isMissing}
            type="submit"
            form={form}
          >
            {t('flows.create')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Segments<Way>
          label={t('flows.new')}
          value={way}
          onChange={(chosen) => {
            setWay(chosen)
            choose(null)
            chooseTemplate(null)
          }}
          options={[
            { value: 'blank', label: t('flows.way.blank'), icon: <SquarePen {...icon} /> },
            { value: 'template', label: t('flows.way.template'), icon: <LayoutTemplate {...icon} /> },
            { value: 'words', label: t('flows.way.words'), icon: <WandSparkles {...icon} /> },
            { value: 'import', label: t('flows.way.import'), icon: <FileUp {...icon} /> },
          ]}
        />
        {way === 'template' && <TemplateCards chosen={template?.key ?? null} onChoose={chooseTemplate} />}
        {way === 'template' && Object.keys(schema.properties ?? {}).length > 0 && (
          <fieldset className={styles.asks}>
            <legend>{t('templates.install.asks')}</legend>
            <SchemaForm
              schema={schema}
              data={answers}
              onChange={setAnswers}
              errors={new Map(tried ? [...flaws].map(([path, flaw]) => [path, sayFlaw(flaw, schema.properties?.[path.slice(1)])]) : [])}
            />
          </fieldset>
        )}
        {way === 'words' && <DescribeFlow onChoose={choose} />}
        {way === 'import' && <ImportFile onChoose={choose} />}
        <div className={styles.names}>
          <TextField
            label={t('flows.name')}
            value={name}
            onChange={setName}
            placeholder={t('flows.name.placeholder')}
            autoFocus
            maxLength={200}
          />
          <TextField
            label={t('flows.key')}
            description={t('flows.key.help')}
            value={key}
            onChange={setOwn}
            error={keyError}
            isCode
            maxLength={64}
          />
        </div>
        {problems.length > 0 && (
          <ul className={styles.problems} role="alert">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
      </form>
    </Dialog>
  )
}
