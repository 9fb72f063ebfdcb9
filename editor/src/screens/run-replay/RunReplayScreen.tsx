import { useQuery } from '@tanstack/react-query'
import { Ban, RotateCcw, SquarePen } from 'lucide-react'
import { useCallback, useState } from 'react'
import { cancelRun, retryRun, useMay } from '../../app/api/index.ts'
import { incidentsQuery } from '../../app/api/operate.ts'
import { useCommands } from '../../app/commands/index.ts'
import { translate, useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { CustomerName } from '../../app/names/CustomerName.tsx'
import { usePage } from '../../app/shell/page.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenLoading } from '../../app/shell/ScreenStates.tsx'
import { useFilters } from '../../app/use-filters.ts'
import { catalogue } from '../../canvas/catalogue.ts'
import { Button, Link, LinkButton, onDemand, StatusChip, toast } from '../../ui/index.ts'
import { momentOf } from './moment.ts'
import styles from './Replay.module.css'
import { type Chosen, RunPicture } from './RunPicture.tsx'
import { Scrubber } from './Scrubber.tsx'
import { StoryList } from './StoryList.tsx'
import { usePlayhead } from './use-playhead.ts'
import { type RunStory, useRunStory } from './use-run-story.ts'

const StepDetail = onDemand(async () => (await import('./StepDetail.tsx')).StepDetail)
const RunActions = onDemand(async () => (await import('./RunActions.tsx')).RunActions)
const IncidentCard = onDemand(async () => (await import('../runs/IncidentCard.tsx')).IncidentCard)
const ConfirmDialog = onDemand(async () => (await import('../../ui/ConfirmDialog.tsx')).ConfirmDialog)

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
  // `?step=` counts from 1, as people do; without it the latest moment is shown.
  const { filters, set } = useFilters()
  const asked = Number(filters.step)
  const move = useCallback((stop: number | null) => set({ step: stop === null ? undefined : stop + 1 }), [set])
  const head = usePlayhead(line, Number.isInteger(asked) && asked > 0 ? asked - 1 : null, move)
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
  const count = (line.stops[head.stop] ?? -1) + 1
  const picture = line.at(count)
  const shown: Chosen = chosen ?? { kind: 'step', node: picture.current ?? run.trigger ?? '' }
  const titleOf = (id: string): string => {
    const node = file.nodes.find((it) => it.id === id)
    const label = node === undefined ? undefined : (node.name ?? catalogue.find(node.type)?.label)
    return label === undefined ? id : say(label) || id
  }
  return (
    <div className={styles.screen} data-key-scope="replay" data-testid="replay">
      <RunHead run={run} file={file} name={say(file.name)} chosen={shown.node} titleOf={titleOf} />
      {run.state === 'incident' && <RunIncidents run={run.id} />}
      <div className={styles.stage}>
        <div className={styles.drawing}>
          <RunPicture file={file} picture={picture} onChoose={choose} />
        </div>
        <aside className={styles.side}>
          <StoryList line={line} head={head} titleOf={titleOf} />
          <StepDetail
            moment={momentOf(line, count, picture, file, shown)}
            title={shown.kind === 'wire' ? `${titleOf(shown.node)} → ${titleOf(shown.to)}` : titleOf(shown.node)}
          />
        </aside>
      </div>
      <Scrubber line={line} head={head} />
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
}

function RunHead({ run, file, name, chosen, titleOf }: HeadProps) {
  const t = useT()
  const format = useFormat()
  const mayAct = useMay()('runs.act')
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
        <Link href={`/flows/${run.flow}`}>{name}</Link> <span className={styles.version}>v{run.version}</span>
      </h1>
      <StatusChip state={run.state} />
      {run.subject !== null && run.subject !== undefined && <CustomerName id={run.subject} />}
      <span className={styles.took}>{t(isOpen ? 'replay.running-for' : 'replay.took', { time: format.duration(took) })}</span>
      {run.rerunOf != null && <Link href={`/runs/${run.rerunOf.run}`}>{t('operate.rerun.of', { run: run.rerunOf.run.slice(-6) })}</Link>}
      {(run.reruns ?? []).slice(-1).map((again) => (
        <Link key={again.run} href={`/runs/${again.run}`}>
          {t('operate.rerun.by', { run: again.run.slice(-6) })}
        </Link>
      ))}
      <span className={styles.actions}>
        <RunActions run={run} file={file} chosen={chosen} titleOf={titleOf} />
        <LinkButton href={`/flows/${run.flow}`} icon={<SquarePen size={16} />}>
          {t('replay.open-flow')}
        </LinkButton>
        {mayAct && run.state === 'incident' && (
          <Button tone="primary" icon={<RotateCcw size={16} />} onPress={() => void act(() => retryRun(run.id), t('runs.retried'))}>
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
        <ConfirmDialog
          isOpen
          onClose={() => setAsking(false)}
          title={t('runs.cancel.title')}
          action={t('runs.cancel')}
          keep={t('runs.keep')}
          onConfirm={() => {
            setAsking(false)
            void act(() => cancelRun(run.id), t('runs.cancelled'))
          }}
        >
          {t('runs.cancel.text')}
        </ConfirmDialog>
      )}
    </header>
  )
}
