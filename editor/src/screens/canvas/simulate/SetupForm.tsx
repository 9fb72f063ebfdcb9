import type { Json } from '@sluice/flows'
import { useQuery } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { api, type Page, type Run, useSession } from '../../../app/api/index.ts'
import { commandDone } from '../../../app/commands/index.ts'
import { useFormat, useSay, useT } from '../../../app/i18n/index.ts'
import { useWords } from '../../../app/names/use-words.ts'
import { go } from '../../../app/navigate.ts'
import { useFlow, useFlowEditor } from '../../../canvas/flow-editor.ts'
import { titleOf } from '../../../canvas/step-facts.ts'
import { configOf } from '../../../doc/index.ts'
import { newSession, type Session, usesIn } from '../../../simulate/session.ts'
import { Button, Checkbox, Select, TextArea, TextField } from '../../../ui/index.ts'
import { type Start, startsOf } from '../test-samples.ts'
import { Refused } from './Refused.tsx'
import styles from './Simulate.module.css'
import type { Simulation } from './use-simulation.ts'

/** What sets the run off, and what the customer has said yes to. */
export function SetupForm({ simulation }: { readonly simulation: Simulation }) {
  const t = useT()
  const say = useSay()
  const { flow, catalogue } = useFlowEditor()
  const doc = useFlow((state) => state.doc)
  const [starts] = useState(() => startsOf(flow.getState().doc, catalogue))
  const [chosen, setChosen] = useState(starts[0]?.step.id ?? '')
  const start = starts.find((one) => one.step.id === chosen) ?? starts[0]
  if (start === undefined) return <p className={styles.quiet}>{t('canvas.run.none')}</p>
  return (
    <>
      {starts.length > 1 && (
        <Select
          label={t('canvas.run.trigger')}
          value={start.step.id}
          onChange={setChosen}
          options={starts.map(({ step }) => ({ value: step.id, label: titleOf(step, catalogue, say) }))}
        />
      )}
      <Scene key={start.step.id} start={start} flowKey={doc.head.key} simulation={simulation} />
    </>
  )
}

function Scene({ start, flowKey, simulation }: { readonly start: Start; readonly flowKey: string; readonly simulation: Simulation }) {
  const t = useT()
  const words = useWords()
  const { flow } = useFlowEditor()
  const me = useSession()?.user.id ?? ''
  const [uses] = useState(() => usesIn([...flow.getState().doc.nodes.values()].map((step) => ({ config: configOf(step) }))))
  const [given, setGiven] = useState<ReadonlySet<number>>(() => new Set(uses.keys()))
  const [subject, setSubject] = useState(start.subject === '' && start.type !== '' ? 'customer-1' : start.subject)
  const [text, setText] = useState(() => JSON.stringify(start.data, null, 2))
  const [wrong, setWrong] = useState<string | null>(null)
  const [isReading, setReading] = useState(false)
  const isManual = start.type === ''
  // Nothing to begin with: no sample is known and nobody wrote one.
  const isBlank = text === '{}'

  function begun(): Session | null {
    let data: Json
    try {
      data = JSON.parse(text) as Json
    } catch (thrown) {
      setWrong(t('canvas.run.bad-json', { reason: thrown instanceof Error ? thrown.message : '' }))
      return null
    }
    const begin = isManual
      ? ({ kind: 'manual', trigger: start.step.id, input: data } as const)
      : ({ kind: 'event', type: start.type, subject: subject.trim(), data } as const)
    const consents = uses.filter((_use, index) => given.has(index))
    return newSession(begin, consents, me, Date.now())
  }

  const play = () => {
    const session = begun()
    return session === null ? Promise.resolve(false) : simulation.store.tell(session, simulation.file())
  }
  // A flow that was just made for somebody shows at once what it does.
  const playsItself = useRef(new URLSearchParams(location.search).get('try') === 'run')
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form opens.
  useEffect(() => {
    if (!playsItself.current) return
    playsItself.current = false
    go(location.pathname, { replace: true })
    void play()
  }, [])

  const tick = (index: number, on: boolean) => setGiven(new Set(on ? [...given, index] : [...given].filter((one) => one !== index)))
  return (
    <div className={styles.stack}>
      {!isManual && (
        <>
          <RealEvent
            flowKey={flowKey}
            type={start.type}
            isBlank={isBlank}
            onReading={setReading}
            onChoose={(event) => {
              setText(JSON.stringify(event.data, null, 2))
              if (event.subject !== null) setSubject(event.subject)
            }}
          />
          <div className={styles.two}>
            <TextField label={t('canvas.run.type')} value={start.type} isReadOnly isCode />
            <TextField label={t('canvas.run.subject')} value={subject} onChange={setSubject} isCode />
          </div>
        </>
      )}
      <TextArea
        label={t(isManual ? 'canvas.run.input' : 'canvas.run.data')}
        value={text}
        onChange={(next) => {
          setWrong(null)
          setText(next)
        }}
        rows={8}
        isCode
        spellCheck="false"
        error={wrong}
      />
      {uses.length > 0 && (
        <fieldset className={styles.fieldset}>
          <legend>{t('simulate.consents')}</legend>
          {uses.map((use, index) => (
            <Checkbox key={`${use.purpose} ${use.scene}`} isSelected={given.has(index)} onChange={(on) => tick(index, on)}>
              {words.purpose(use.purpose)} · {words.scene(use.scene)}
            </Checkbox>
          ))}
        </fieldset>
      )}
      <Refused problem={simulation.state.problem} />
      <Button
        tone="primary"
        icon={<Play size={14} aria-hidden="true" />}
        isPending={simulation.state.isPlaying || isReading}
        onPress={() => void play().then((played) => played && commandDone('canvas.simulate'))}
      >
        {t('simulate.play')}
      </Button>
    </div>
  )
}

interface RealEventData {
  readonly type: string
  readonly subject: string | null
  readonly data: Json
}

/**
 * Events that set off the latest runs, as this person may see them: what is masked stays masked. Where no sample is known it begins
 * with the latest.
 */
function RealEvent({
  flowKey,
  type,
  isBlank,
  onReading,
  onChoose,
}: {
  readonly flowKey: string
  readonly type: string
  readonly isBlank: boolean
  readonly onReading: (isReading: boolean) => void
  readonly onChoose: (event: RealEventData) => void
}) {
  const t = useT()
  const format = useFormat()
  const found = useQuery({
    queryKey: ['runs', 'latest', flowKey],
    queryFn: ({ signal }) => api.get<Page<Run>>('/runs', { flow: flowKey, limit: 20 }, signal),
  })
  const [chosen, setChosen] = useState('')
  const latest = useRef('')
  const runs = (found.data?.items ?? []).filter(({ eventId }) => eventId != null)
  const choose = async (id: string) => {
    latest.current = id
    setChosen(id)
    onReading(id !== '')
    if (id === '') return
    const run = await api.get<Run & { readonly event: RealEventData | null }>(`/runs/${encodeURIComponent(id)}`).catch(() => null)
    // Of two choices the later one counts, whichever answer comes first.
    if (latest.current !== id) return
    onReading(false)
    if (run?.event != null && run.event.type === type) onChoose(run.event)
    else setChosen('')
  }
  const first = runs[0]?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the first runs are known.
  useEffect(() => {
    if (first !== undefined && isBlank && latest.current === '') void choose(first)
  }, [first])
  if (runs.length === 0) return null
  return (
    <Select
      label={t('simulate.event')}
      value={chosen}
      onChange={(id) => void choose(id)}
      options={[
        { value: '', label: t('simulate.event.sample') },
        ...runs.map((run) => ({
          value: run.id,
          label: t('simulate.event.real', { when: format.relative(run.startedAt), subject: run.subject ?? '' }),
        })),
      ]}
    />
  )
}
