import { useEffect, useRef, useState } from 'react'
import { type MessageId, useT } from '../../app/i18n/index.ts'
import { useFlow, useFlowEditor } from '../../canvas/flow-editor.ts'
import { toFile } from '../../doc/index.ts'
import { Button, Dialog, Link, Segments, Spinner } from '../../ui/index.ts'
import styles from '../runs/Operate.module.css'
import { type ReplayOutcome, type ReplayTotals, replayDraft } from './replay-stream.ts'

const days = ['7', '30', '90'] as const
const shownMax = 100
const changeWords: Readonly<Record<string, MessageId>> = {
  starts: 'operate.replay.change.starts',
  'no-longer-starts': 'operate.replay.change.no-longer-starts',
  state: 'operate.replay.change.state',
  path: 'operate.replay.change.path',
  output: 'operate.replay.change.output',
  acts: 'operate.replay.change.acts',
}
const whyWords: Readonly<Record<string, MessageId>> = {
  'by-hand': 'operate.replay.why.by-hand',
  'still-running': 'operate.replay.why.still-running',
  called: 'operate.replay.why.called',
  'consent-unknown': 'operate.replay.why.consent-unknown',
  person: 'operate.replay.why.person',
  'no-record': 'operate.replay.why.no-record',
  expired: 'operate.replay.why.expired',
  limit: 'operate.replay.why.limit',
}

interface Shown {
  readonly done: number
  readonly of: number
  readonly changed: readonly ReplayOutcome[]
  readonly totals: ReplayTotals | null
  readonly problem: string | null
}
const nothing: Shown = { done: 0, of: 0, changed: [], totals: null, problem: null }

/** What this draft would have done with the real events of a period. Nothing leaves and nothing is stored. */
export function ReplayDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT()
  const { flow } = useFlowEditor()
  const key = useFlow((state) => state.doc.head.key)
  const [period, setPeriod] = useState<(typeof days)[number]>('30')
  const [shown, setShown] = useState<Shown | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const isRunning = shown !== null && shown.totals === null && shown.problem === null

  async function play(): Promise<void> {
    running.current?.abort()
    const stop = new AbortController()
    running.current = stop
    let state = nothing
    setShown(state)
    const from = new Date(Date.now() - Number(period) * 86_400_000).toISOString()
    try {
      for await (const item of replayDraft(key, { from, flow: toFile(flow.getState().doc) }, stop.signal)) {
        if (item.kind === 'begin') state = { ...state, of: item.events }
        else if (item.kind === 'progress') state = { ...state, done: item.done, of: item.of }
        else if (item.kind === 'end') state = { ...state, totals: item.totals }
        else if (item.kind === 'failed') state = { ...state, problem: item.message === '' ? t('app.problem.title') : item.message }
        else if (item.outcome.changes.length > 0 && state.changed.length < shownMax)
          state = { ...state, changed: [...state.changed, item.outcome] }
        setShown(state)
      }
    } catch (error) {
      if (!stop.signal.aborted) setShown({ ...state, problem: error instanceof Error ? error.message : t('app.problem.title') })
    }
  }
  function cancel(): void {
    running.current?.abort()
    setShown(null)
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('operate.replay.title')}
      actions={
        <>
          <Button onPress={onClose}>{t('app.close')}</Button>
          {isRunning ? (
            <Button onPress={cancel}>{t('operate.replay.stop')}</Button>
          ) : (
            <Button tone="primary" onPress={() => void play()}>
              {t('operate.replay.do')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.stack} data-testid="replay-draft">
        <p className={styles.quiet}>{t('operate.replay.lead')}</p>
        <Segments<(typeof days)[number]>
          label={t('operate.replay.period')}
          value={period}
          onChange={setPeriod}
          options={days.map((value) => ({ value, label: t('operate.replay.days', { days: Number(value) }) }))}
        />
        {isRunning && (
          <p role="status">
            <Spinner size={16} /> {t('operate.replay.progress', { done: shown.done, of: shown.of })}
          </p>
        )}
        {shown?.problem != null && <p className={styles.message}>{shown.problem}</p>}
        {shown?.totals != null && <Totals totals={shown.totals} />}
        {shown !== null && shown.changed.length > 0 && (
          <ul className={styles.list}>
            {shown.changed.map((outcome) => (
              <li key={outcome.event + (outcome.run ?? '')}>
                {outcome.run === null ? outcome.event.slice(-6) : <Link href={`/runs/${outcome.run}`}>{outcome.run.slice(-6)}</Link>}{' '}
                <span className={styles.quiet}>
                  {outcome.changes.map((change) => t(changeWords[change] ?? 'operate.replay.change.output')).join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  )
}

function Totals({ totals }: { readonly totals: ReplayTotals }) {
  const t = useT()
  const acts = Object.entries(totals.acts).filter(([, { before, after }]) => before !== after)
  return (
    <div className={styles.stack} data-testid="replay-totals" data-changed={totals.changed} data-replayed={totals.replayed}>
      <p>
        <strong>{t('operate.replay.totals', { replayed: totals.replayed, events: totals.events, changed: totals.changed })}</strong>
        {totals.more && ` ${t('operate.replay.more')}`}
      </p>
      {Object.entries(totals.notReplayed).map(([why, count]) => (
        <p key={why} className={styles.quiet}>
          {t(whyWords[why] ?? 'operate.replay.why.limit', { count })}
        </p>
      ))}
      {acts.map(([node, { before, after }]) => (
        <p key={node}>{t('operate.replay.acts', { step: node, before, after })}</p>
      ))}
    </div>
  )
}
