import type { Json } from '@sluice/flows'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { api, isProblem, newKey } from '../../app/api/index.ts'
import { commandDone } from '../../app/commands/index.ts'
import { useSay, useT } from '../../app/i18n/index.ts'
import { go } from '../../app/navigate.ts'
import { useFlow, useFlowEditor } from '../../canvas/flow-editor.ts'
import { titleOf } from '../../canvas/step-facts.ts'
import { Button, Dialog, Select, TextArea, TextField, toast } from '../../ui/index.ts'
import { ConsentStart } from './ConsentStart.tsx'
import styles from './Dialogs.module.css'
import { type FlowStatus, startRun } from './flow-api.ts'
import { SimulateInstead } from './SimulateInstead.tsx'
import { eventOf, type Start, startsOf } from './test-samples.ts'
import { useSaving } from './use-saving.ts'

interface Accepted {
  readonly event: string
  readonly runs: readonly { readonly flow: string; readonly run: string }[]
}

/** Sends a real event, or starts by hand, and then follows the run on the canvas. */
export function TestDialog({ status, onClose }: { readonly status: FlowStatus | null; readonly onClose: () => void }) {
  const t = useT()
  const say = useSay()
  const { flow, catalogue } = useFlowEditor()
  const [starts] = useState(() => startsOf(flow.getState().doc, catalogue))
  const [chosen, setChosen] = useState(() => starts[0]?.step.id ?? '')
  const start = starts.find((each) => each.step.id === chosen) ?? starts[0]
  if (start === undefined) {
    return (
      <Dialog
        isOpen
        onClose={onClose}
        title={t('canvas.run.title')}
        size="small"
        actions={<Button onPress={onClose}>{t('app.close')}</Button>}
      >
        <p>{t('canvas.run.none')}</p>
      </Dialog>
    )
  }
  const picker =
    starts.length > 1 ? (
      <Select
        label={t('canvas.run.trigger')}
        value={start.step.id}
        onChange={setChosen}
        options={starts.map(({ step }) => ({ value: step.id, label: titleOf(step, catalogue, say) }))}
      />
    ) : null
  const form = { start, picker, status, onClose }
  return start.kind === 'consent' ? <ConsentStart key={start.step.id} {...form} /> : <StartForm key={start.step.id} {...form} />
}

function StartForm({
  start,
  picker,
  status,
  onClose,
}: {
  readonly start: Start
  readonly picker: React.ReactNode
  readonly status: FlowStatus | null
  readonly onClose: () => void
}) {
  const t = useT()
  const { runs, view } = useFlowEditor()
  const key = useFlow((state) => state.doc.head.key)
  const [subject, setSubject] = useState(start.subject)
  const [text, setText] = useState(() => JSON.stringify(start.data, null, 2))
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const isManual = start.kind === 'manual'
  const isUnpublished = status?.active === null
  const { pending } = useSaving()
  const changed = pending > 0 || status?.changed === true

  async function send(): Promise<void> {
    let data: Json
    try {
      data = JSON.parse(text) as Json
    } catch (thrown) {
      setError(t('canvas.run.bad-json', { reason: thrown instanceof Error ? thrown.message : '' }))
      return
    }
    setBusy(true)
    try {
      const started = isManual ? await byHand(data) : await byEvent(data)
      const mine = started.find((each) => each.flow === key)
      toast({
        tone: started.length > 0 ? 'ok' : 'info',
        title: t('canvas.run.started', { count: started.length }),
        ...(mine !== undefined && { action: { label: t('canvas.runs.replay'), run: () => go(`/runs/${mine.run}`) } }),
      })
      if (mine !== undefined) {
        // What was simulated makes room for what really runs.
        view.setState({ simulateOpen: false })
        runs.follow(mine.run)
      }
      commandDone('canvas.test')
      onClose()
    } catch (thrown) {
      setError(
        isProblem(thrown) ? [thrown.message, ...thrown.errors.map((each) => `${each.path}: ${each.message}`)].join('\n') : String(thrown),
      )
    } finally {
      setBusy(false)
    }
  }

  async function byHand(input: Json): Promise<Accepted['runs']> {
    const { run } = await startRun(key, start.step.id, input)
    return [{ flow: key, run: typeof run === 'string' ? run : run.id }]
  }

  async function byEvent(data: Json): Promise<Accepted['runs']> {
    return (await api.post<Accepted>('/events', eventOf(start, subject.trim(), data, newKey(), new Date()))).runs
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(isManual ? 'canvas.run.manual.title' : 'canvas.run.title')}
      size="medium"
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          {isUnpublished ? (
            <SimulateInstead onClose={onClose} />
          ) : (
            <Button tone="primary" icon={<Play size={14} aria-hidden="true" />} isPending={busy} onPress={() => void send()}>
              {t(isManual ? 'canvas.run.start' : 'canvas.run.submit')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.stack} data-testid="test-dialog">
        <p className={styles.quiet}>{t(isManual ? 'canvas.run.manual.lead' : 'canvas.run.lead')}</p>
        {isUnpublished && <p className={styles.warn}>{t('canvas.run.unpublished')}</p>}
        {status?.active != null && changed && <p className={styles.quiet}>{t('canvas.run.changed')}</p>}
        {picker}
        {!isManual && (
          <div className={styles.two}>
            <TextField label={t('canvas.run.type')} value={start.type} isReadOnly isCode />
            <TextField
              label={t('canvas.run.subject')}
              description={t('canvas.run.subject.help')}
              value={subject}
              onChange={setSubject}
              isCode
            />
          </div>
        )}
        <TextArea
          label={t(isManual ? 'canvas.run.input' : 'canvas.run.data')}
          value={text}
          onChange={(next) => {
            setError(null)
            setText(next)
          }}
          rows={14}
          isCode
          spellCheck="false"
          error={error}
        />
      </div>
    </Dialog>
  )
}
