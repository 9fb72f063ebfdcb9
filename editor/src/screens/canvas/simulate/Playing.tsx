import { FastForward, RotateCcw, Undo2 } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { commandDone, useCommands } from '../../../app/commands/index.ts'
import { ErrorText } from '../../../app/failures/index.ts'
import { translate, useFormat, useSay, useT } from '../../../app/i18n/index.ts'
import { useValueWords } from '../../../app/names/use-value-words.ts'
import { announce } from '../../../app/shell/announce.ts'
import { sayLabel } from '../../../canvas/check/say-label.ts'
import { useFlow, useFlowEditor, useView } from '../../../canvas/flow-editor.ts'
import { togglePausePoints } from '../../../canvas/pause-points.ts'
import { titleOf as stepTitle } from '../../../canvas/step-facts.ts'
import { factsOf } from '../../../run/facts.ts'
import { isOpen } from '../../../run/picture.ts'
import { visitsOf } from '../../../run/visits.ts'
import { duesOf } from '../../../simulate/result.ts'
import { type Jump, jumped } from '../../../simulate/session.ts'
import { Button, StatusChip, Switch, toast, ValueView } from '../../../ui/index.ts'
import { lookedAt, momentOf } from '../../run-replay/moment.ts'
import type { Chosen } from '../../run-replay/RunPicture.tsx'
import { Scrubber } from '../../run-replay/Scrubber.tsx'
import { StepDetail } from '../../run-replay/StepDetail.tsx'
import { usePlayhead } from '../../run-replay/use-playhead.ts'
import { stopAt, useVisits, visitAt } from '../../run-replay/use-visits.ts'
import { VisitPicker } from '../../run-replay/VisitPicker.tsx'
import { OpenWork } from './OpenWork.tsx'
import { Outside } from './Outside.tsx'
import { Refused } from './Refused.tsx'
import styles from './Simulate.module.css'
import { useNameOf } from './use-name-of.ts'
import type { Simulation } from './use-simulation.ts'

const jumps = ['next', 'hour', 'day', 'week'] as const

/** The simulated run: its clock, its moments, and what can be done at the latest of them. */
export function Playing({
  simulation,
  onRestart,
}: {
  readonly simulation: Simulation
  /** Instead of choosing anew what sets it off. */
  readonly onRestart?: () => void
}) {
  const t = useT()
  const wordOf = useValueWords()
  const labelOf = useNameOf()
  const say = useSay()
  const format = useFormat()
  const { runs, flow, catalogue, surface, view } = useFlowEditor()
  const pauses = useView((each) => each.pausePoints)
  const { store, state, run, line, isOld, file } = simulation
  const { session, result } = state
  const [wish, setWish] = useState<number | null>(null)
  const nodeAt = useCallback((stop: number) => line.entries[line.stops[stop] ?? -1]?.node ?? null, [line])
  const pausesAt = useCallback((stop: number) => pauses.has(nodeAt(stop) ?? ''), [pauses, nodeAt])
  const head = usePlayhead(line, wish, setWish, pausesAt)
  const count = (line.stops[head.stop] ?? -1) + 1
  const chosen = useChosen()
  const visits = useVisits(line)
  const titleOf = (id: string) => {
    const step = flow.getState().doc.nodes.get(id)
    return step === undefined ? id : stepTitle(step, catalogue, say)
  }

  // What happened since the last act lights up one by one; playing stops at a pause point.
  const shown = useRef(0)
  const { playFrom } = head
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each result, from where the one before ended.
  useEffect(() => {
    const from = shown.current
    shown.current = line.stops.length
    if (line.stops.length > from) playFrom(Math.max(0, Math.min(from, line.stops.length - 1)))
    else setWish(null)
  }, [line])
  useEffect(() => {
    const picture = line.at(count)
    runs.show(picture)
    if (picture.current !== null) surface.current?.reveal(picture.current)
  }, [runs, surface, line, count])
  const command = (id: 'back' | 'forward' | 'landmark-back' | 'landmark', key: string, act: () => void) =>
    ({ id: `replay.${id}`, title: () => translate(`replay.${id}`), keys: [key], scope: 'replay', run: act, notInPalette: true }) as const
  useCommands([
    command('back', 'ArrowLeft', () => head.by(-1)),
    command('forward', 'ArrowRight', () => head.by(1)),
    command('landmark-back', 'Shift+ArrowLeft', () => head.toLandmark(-1)),
    command('landmark', 'Shift+ArrowRight', () => head.toLandmark(1)),
  ])
  if (session === null || result === null) return null

  const picture = line.at(count)
  const draft = state.file
  const focus: Chosen = chosen ?? { kind: 'step', node: picture.current ?? '' }
  const looked = lookedAt(line, count, focus)
  const visit = visitAt(visits, focus.node, looked)
  const isOver = run === null || !(run.state === 'running' || run.state === 'waiting')
  // What is said is what is drawn: while it still plays, it has not ended.
  const stateNow = run !== null && head.atEnd ? run.state : picture.status
  const now = session.startAt + session.until
  const at = head.atEnd ? now : Math.max(session.startAt, picture.at)
  async function jump(to: Jump): Promise<void> {
    if (session === null) return
    const next = jumped(session, to, duesOf(run))
    if (next === null) toast({ tone: 'info', title: t('simulate.nothing-due') })
    else if (await store.tell(next, file())) {
      commandDone('canvas.simulate')
      announce(t('simulate.clock', { when: format.exact(next.startAt + next.until) }))
    }
  }
  // What somebody chose is what they want to read: it stands before how the run ended.
  const detail = focus.node !== '' && draft !== null && (
    <div className={styles.card}>
      <StepDetail
        moment={momentOf(line, looked, draft, focus, visit?.first)}
        facts={factsOf(line.entries, focus.node, visit?.first ?? 0, looked)}
        picker={
          <VisitPicker
            visits={visitsOf(visits, focus.node, line.entries.length)}
            current={visit}
            onPick={(picked) => head.to(stopAt(line, picked.last))}
          />
        }
        isWire={focus.kind === 'wire'}
        title={focus.kind === 'wire' ? `${titleOf(focus.node)} → ${titleOf(focus.to)}` : titleOf(focus.node)}
      />
      {focus.kind === 'wire' && <Labels chosen={focus} />}
      {focus.kind === 'step' && (
        <Switch isSelected={pauses.has(focus.node)} onChange={() => togglePausePoints(view, [focus.node])}>
          {t('simulate.pause-here')}
        </Switch>
      )}
    </div>
  )
  return (
    <div className={styles.stack}>
      <div className={styles.clock} data-testid="simulate-state" data-run-state={run === null ? 'none' : stateNow} data-stop={head.stop}>
        {run === null ? <b>{t('simulate.not-started')}</b> : <StatusChip state={stateNow} />}
        <time dateTime={new Date(at).toISOString()}>{t('simulate.clock', { when: format.exact(at) })}</time>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that belong together, not fields of a form. */}
      <div className={styles.jumps} role="group" aria-label={t('simulate.jump')}>
        {jumps.map((to) => (
          <Button
            key={to}
            size="small"
            icon={to === 'next' ? <FastForward size={14} aria-hidden="true" /> : undefined}
            isDisabled={isOver || state.isPlaying}
            onPress={() => void jump(to)}
          >
            {t(`simulate.jump.${to}`)}
          </Button>
        ))}
      </div>
      <div className={styles.jumps}>
        <Button
          size="small"
          tone="quiet"
          icon={<Undo2 size={14} aria-hidden="true" />}
          isDisabled={state.past.length === 0 || state.isPlaying}
          onPress={() => void store.takeBack(file())}
        >
          {t('simulate.take-back')}
        </Button>
        <Button
          size="small"
          tone="quiet"
          icon={<RotateCcw size={14} aria-hidden="true" />}
          onPress={() => {
            store.end()
            runs.show(null)
            onRestart?.()
          }}
        >
          {t('simulate.restart')}
        </Button>
      </div>
      {isOld && (
        <p className={styles.warn} data-plays="">
          {t('simulate.old')}{' '}
          <Button size="small" onPress={() => void store.tell(session, file()).then((played) => played && commandDone('canvas.simulate'))}>
            {t('simulate.again')}
          </Button>
        </p>
      )}
      {result.truncated && <p className={styles.warn}>{t('simulate.truncated')}</p>}
      <Refused problem={state.problem} />
      {line.stops.length > 0 && <Scrubber line={line} head={head} isNarrow />}
      <OpenWork simulation={simulation} titleOf={titleOf} isLatest={head.atEnd} />
      {chosen !== null && detail}
      {run !== null && isOver && head.atEnd && (
        <div className={styles.card}>
          <h4>{t('simulate.output')}</h4>
          {run.error !== null && (
            <div className={styles.bad}>
              <ErrorText error={run.error} />
            </div>
          )}
          <ValueView value={run.output} labelOf={labelOf} wordOf={wordOf} />
        </div>
      )}
      <Outside simulation={simulation} titleOf={titleOf} />
      {chosen === null && detail}
      {[...picture.steps.values()].some((step) => isOpen(step.state)) && head.atEnd && !isOver && (
        <p className={styles.quiet}>{t('simulate.waits')}</p>
      )}
    </div>
  )
}

/** What the check knows of the data on this wire. */
function Labels({ chosen }: { readonly chosen: Extract<Chosen, { kind: 'wire' }> }) {
  const t = useT()
  const { problems } = useFlowEditor()
  const wire = useFlow((state) =>
    [...state.doc.edges.values()].find(({ from, to }) => from.node === chosen.node && from.port === chosen.port && to.node === chosen.to),
  )
  const label = useStore(problems, (state) => (wire === undefined ? undefined : state.labels.get(wire.id)))
  return label === undefined ? null : <p className={styles.labels}>{sayLabel(label, t)}</p>
}

function useChosen(): Chosen | null {
  const doc = useFlow((state) => state.doc)
  const selection = useFlow((state) => state.selection)
  const [ref, ...more] = selection
  if (ref === undefined || more.length > 0) return null
  const wire = doc.edges.get(ref)
  if (wire !== undefined) return { kind: 'wire', node: wire.from.node, port: wire.from.port, to: wire.to.node }
  return doc.nodes.has(ref) ? { kind: 'step', node: ref } : null
}
