import { useQuery } from '@tanstack/react-query'
import { Ban, Columns2, FlaskConical, RotateCcw } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react'
import { cancelRun, retryRun, useMay } from '../../app/api/index.ts'
import { incidentsQuery } from '../../app/api/operate.ts'
import { useCommands } from '../../app/commands/index.ts'
import { needTexts, translate, useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { CustomerName } from '../../app/names/CustomerName.tsx'
import { usePage } from '../../app/shell/page.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenLoading } from '../../app/shell/ScreenStates.tsx'
import { useFilters } from '../../app/use-filters.ts'
import { catalogue } from '../../canvas/catalogue.ts'
import type { RunDifference } from '../../run/compare.ts'
import { factsOf } from '../../run/facts.ts'
import { visitsOf } from '../../run/visits.ts'
import type { Session } from '../../simulate/session.ts'
import { Button, Link, onDemand, StatusChip, toast } from '../../ui/index.ts'
import { lookedAt, momentOf } from './moment.ts'
import styles from './Replay.module.css'
import { type Chosen, RunPicture } from './RunPicture.tsx'
import { Scrubber } from './Scrubber.tsx'
import { usePlayhead } from './use-playhead.ts'
import { type RunStory, useRunStory } from './use-run-story.ts'
import { useStopInAddress } from './use-stop-in-address.ts'
import { stopAt, useVisits, visitAt } from './use-visits.ts'

async function withWords<Part>(part: Promise<Part>): Promise<Part> {
  const [loaded] = await Promise.all([part, needTexts('runDialogs')])
  return loaded
}

async function withSimulator<Part>(part: Promise<Part>): Promise<Part> {
  const [loaded] = await Promise.all([part, needTexts('simulate', 'runDialogs')])
  return loaded
}

const Views = onDemand(async () => (await import('./Views.tsx')).Views)
const Compare = lazy(async () => ({ default: (await withWords(import('./Compare.tsx'))).Compare }))
const CompareDialog = lazy(async () => ({ default: (await withWords(import('./CompareDialog.tsx'))).CompareDialog }))
const ForkDialog = lazy(async () => ({ default: (await withSimulator(import('./ForkDialog.tsx'))).ForkDialog }))
const Sandbox = lazy(() => withSimulator(import('./Sandbox.tsx')))

const StepPermits = onDemand(async () => (await Promise.all([import('./StepPermits.tsx'), needTexts('permits')]))[0].StepPermits)
const StepDetail = onDemand(async () => (await import('./StepDetail.tsx')).StepDetail)
/** Only a step that was come to several times has one. */
const VisitPicker = onDemand(async () => (await import('./VisitPicker.tsx')).VisitPicker)
const RunActions = onDemand(async () => (await import('./RunActions.tsx')).RunActions)
const IncidentCard = onDemand(async () => (await import('../runs/IncidentCard.tsx')).IncidentCard)
const CancelRunDialog = onDemand(async () => (await import('../runs/CancelRunDialog.tsx')).CancelRunDialog)

/** What one run did, step by step: the drawing as it was, the data on each wire, and why. */
export function RunReplayScreen({ runId }: { readonly runId: string }) {
  const { story, error, retry } = useRunStory(runId)
  if (error !== null) return <QueryProblem error={error} onRetry={retry} />
  if (story === null) return <ScreenLoading />
  return <Replay key={`${story.run.id}@${story.run.version}`} story={story} />
}

function Replay({ story: { run, file, line } }: { readonly story: RunStory }) {
  const t = useT()
  const say = useSay()
  const { filters, set } = useFilters()
  const [wish, move] = useStopInAddress()
  const head = usePlayhead(line, wish, move)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const choose = useCallback((next: Chosen | null) => setChosen(next), [])
  usePage({ crumbs: [{ label: t('app.screen.runs'), href: '/runs' }, { label: `${say(file.name)} · ${run.id.slice(-6)}` }] })
  const command = (id: 'back' | 'forward' | 'landmark-back' | 'landmark' | 'play', key: string, run: () => void) =>
    ({ id: `replay.${id}`, title: () => translate(`replay.${id}`), keys: [key], scope: 'replay', run, notInPalette: true }) as const
  useCommands([
    command('back', 'ArrowLeft', () => head.by(-1)),
    command('forward', 'ArrowRight', () => head.by(1)),
    command('landmark-back', 'Shift+ArrowLeft', () => head.toLandmark(-1)),
    command('landmark', 'Shift+ArrowRight', () => head.toLandmark(1)),
    command('play', 'P', head.toggle),
  ])
  const visits = useVisits(line)
  const [differences, setDifferences] = useState<readonly RunDifference[]>([])
  const lit = useMemo(() => (differences.length === 0 ? undefined : new Set(differences.map(({ node }) => node))), [differences])
  const [fork, setFork] = useState<Session | null>(null)
  const [open, setOpen] = useState<'compare' | 'fork' | null>(null)
  const may = useMay()
  const mayFork = may('flows.write')
  const other = filters.with
  const look = (found: readonly RunDifference[], at: RunDifference | null) => {
    setDifferences(found)
    if (at?.here == null) return
    setChosen({ kind: 'step', node: at.node })
    head.to(stopAt(line, at.here.place))
  }
  const count = (line.stops[head.stop] ?? -1) + 1
  const picture = line.at(count)
  const shown: Chosen = chosen ?? { kind: 'step', node: picture.current ?? run.trigger ?? '' }
  const titleOf = useMemo(() => {
    const titles = new Map(file.nodes.map((node) => [node.id, say(node.name ?? catalogue.find(node.type)?.label ?? '')]))
    return (id: string): string => titles.get(id) || id
  }, [file, say])
  const looked = lookedAt(line, count, shown)
  const turns = visitsOf(visits, shown.node, line.entries.length)
  const visit = visitAt(visits, shown.node, looked)
  const moment = momentOf(line, looked, file, shown, visit?.first)
  const title = shown.kind === 'wire' ? `${titleOf(shown.node)} → ${titleOf(shown.to)}` : titleOf(shown.node)
  if (fork !== null)
    return (
      <div className={styles.screen} data-key-scope="replay">
        <Suspense fallback={<ScreenLoading />}>
          <Sandbox file={file} session={fork} of={run.id} onClose={() => setFork(null)} />
        </Suspense>
      </div>
    )
  return (
    <div className={styles.screen} data-key-scope="replay" data-testid="replay">
      <RunHead run={run} file={file} name={say(file.name)} chosen={shown.node} titleOf={titleOf}>
        <Button icon={<Columns2 size={16} aria-hidden="true" />} onPress={() => setOpen('compare')}>
          {t('replay.compare')}
        </Button>
        {mayFork && (
          <Button icon={<FlaskConical size={16} aria-hidden="true" />} onPress={() => setOpen('fork')}>
            {t('replay.fork')}
          </Button>
        )}
      </RunHead>
      {run.state === 'incident' && may('runs.read') && <RunIncidents run={run.id} />}
      <div className={styles.stage}>
        <div className={styles.drawing}>
          <RunPicture file={file} picture={picture} chosen={chosen} lit={lit} onChoose={choose} />
        </div>
        <aside className={styles.side}>
          {other === undefined ? (
            <Views line={line} head={head} visits={visits} titleOf={titleOf} />
          ) : (
            <Suspense fallback={null}>
              <Compare
                key={other}
                line={line}
                other={other}
                titleOf={titleOf}
                onLook={look}
                onClose={() => {
                  setDifferences([])
                  set({ with: undefined })
                }}
              />
            </Suspense>
          )}
          <StepDetail
            moment={moment}
            title={title}
            isWire={shown.kind === 'wire'}
            isReal
            customer={run.subject ?? null}
            leave={may('consents.read') ? (none) => <StepPermits run={run.id} node={shown.node} none={none} /> : undefined}
            facts={factsOf(line.entries, shown.node, visit?.first ?? 0, looked)}
            picker={
              turns.length > 1 && (
                <VisitPicker
                  visits={turns}
                  current={visit}
                  onPick={(picked) => {
                    setChosen({ kind: 'step', node: picked.node })
                    head.to(stopAt(line, picked.last))
                  }}
                />
              )
            }
          />
        </aside>
      </div>
      <Scrubber line={line} head={head} />
      <Suspense fallback={null}>
        {open === 'compare' && (
          <CompareDialog
            run={run}
            onChoose={(id) => {
              set({ with: id })
              setOpen(null)
            }}
            onClose={() => setOpen(null)}
          />
        )}
        {open === 'fork' && (
          <ForkDialog
            line={line}
            count={count}
            file={file}
            moment={moment}
            title={title}
            onFork={(session) => {
              setOpen(null)
              setFork(session)
            }}
            onClose={() => setOpen(null)}
          />
        )}
      </Suspense>
    </div>
  )
}

/** Why the run stands still, and what to do. */
function RunIncidents({ run }: { readonly run: string }) {
  const found = useQuery(incidentsQuery({ run }))
  return (
    <div className={styles.incidents}>
      {(found.data?.items ?? []).map((incident) => (
        <IncidentCard key={incident.token} incident={incident} isOnRun />
      ))}
    </div>
  )
}

interface HeadProps {
  readonly run: RunStory['run']
  readonly file: RunStory['file']
  readonly name: string
  /** The step that is looked at. */
  readonly chosen: string
  readonly titleOf: (node: string) => string
  readonly children: ReactNode
}

function RunHead({ run, file, name, chosen, titleOf, children }: HeadProps) {
  const t = useT()
  const format = useFormat()
  const may = useMay()
  const mayAct = may('runs.act')
  const [asking, setAsking] = useState(false)
  const act = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work()
      toast({ tone: 'ok', title: done })
    } catch (problem) {
      toast({ tone: 'error', title: problem instanceof Error ? problem.message : t('app.problem.title') })
    }
  }
  const isOpen = run.endedAt === null
  const took = (run.endedAt === null ? Date.now() : Date.parse(run.endedAt)) - Date.parse(run.startedAt)
  return (
    <header className={styles.head}>
      <h1>
        {may('flows.read') ? (
          <Link href={`/flows/${run.flow}`} title={t('replay.open-flow')}>
            {name}
          </Link>
        ) : (
          name
        )}{' '}
        <span className={styles.version}>v{run.version}</span>
      </h1>
      <StatusChip state={run.state} />
      {run.subject !== null && run.subject !== undefined && <CustomerName id={run.subject} />}
      <span className={styles.took}>{t(isOpen ? 'replay.running-for' : 'replay.took', { time: format.duration(took) })}</span>
      {run.undone !== undefined && (
        <span className={styles.took}>{t('runs.undone', { steps: run.undone.map(({ node }) => titleOf(node)).join(', ') })}</span>
      )}
      {run.rerunOf != null && <Link href={`/runs/${run.rerunOf.run}`}>{t('operate.rerun.of', { run: run.rerunOf.run.slice(-6) })}</Link>}
      {(run.reruns ?? []).slice(-1).map((again) => (
        <Link key={again.run} href={`/runs/${again.run}`}>
          {t('operate.rerun.by', { run: again.run.slice(-6) })}
        </Link>
      ))}
      <span className={styles.actions}>
        {children}
        <RunActions run={run} file={file} chosen={chosen} titleOf={titleOf} />
        {mayAct && run.state === 'incident' && (
          <Button
            tone="primary"
            className={styles.first}
            icon={<RotateCcw size={16} />}
            onPress={() => void act(() => retryRun(run.id), t('runs.retried'))}
          >
            {t('runs.retry')}
          </Button>
        )}
        {mayAct && isOpen && (
          <Button icon={<Ban size={16} />} onPress={() => setAsking(true)}>
            {t('runs.cancel')}
          </Button>
        )}
      </span>
      {asking && (
        <CancelRunDialog
          isOpen
          onClose={() => setAsking(false)}
          onConfirm={(compensate) => {
            setAsking(false)
            void act(() => cancelRun({ id: run.id, compensate }), t('runs.cancelled'))
          }}
        />
      )}
    </header>
  )
}
