import { diffFlows, type FlowDefinition } from '@sluice/flows'
import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useCommands } from '../../app/commands/index.ts'
import { translate, useSay, useT } from '../../app/i18n/index.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenFrame } from '../../app/shell/ScreenFrame.tsx'
import { ScreenLoading } from '../../app/shell/ScreenStates.tsx'
import { useFilters } from '../../app/use-filters.ts'
import { changesOf, countsOf } from '../../diff/changes.ts'
import { marksOf, unionOf } from '../../diff/union.ts'
import type { Ref } from '../../doc/index.ts'
import { Badge, EmptyState, IconButton, LinkButton, PlainSelect, Switch, type Tone } from '../../ui/index.ts'
import { type FlowVersion, readDraft, readVersion, readVersions } from '../canvas/flow-api.ts'
import { ChangeList } from './ChangeList.tsx'
import { DiffPicture } from './DiffPicture.tsx'
import styles from './FlowDiff.module.css'
import { VersionRuns } from './VersionRuns.tsx'

/** Two versions of a flow, or a version and the draft: drawn together and told in words. */
export function FlowDiffScreen({ flowKey }: { readonly flowKey: string }) {
  const t = useT()
  const { filters, set } = useFilters()
  const versions = useQuery({ queryKey: ['flow-versions', flowKey], queryFn: ({ signal }) => readVersions(flowKey, signal) })
  const items = versions.data?.items ?? []
  const live = items.find(({ active }) => active) ?? items[0]
  const a = filters.a ?? (live === undefined ? null : String(live.version))
  const b = filters.b ?? 'draft'
  const before = useSide(flowKey, a)
  const after = useSide(flowKey, b)
  const problem = versions.error ?? before.error ?? after.error
  const retry = () => void Promise.all([versions.refetch(), before.refetch(), after.refetch()])
  const options = [
    { value: 'draft', label: t('diff.draft') },
    ...items.map(({ version, active }) => ({
      value: String(version),
      label: t(active ? 'diff.version.live' : 'canvas.versions.name', { version }),
    })),
  ]
  const say = useSay()
  const name = after.data === undefined ? flowKey : say(after.data.name) || flowKey
  return (
    <ScreenFrame
      head={{
        crumbs: [{ label: t('app.screen.flows'), href: '/flows' }, { label: name, href: `/flows/${flowKey}` }, { label: t('diff.title') }],
      }}
      title={t('diff.title')}
      lead={t('diff.lead', { flow: name })}
      actions={<LinkButton href={`/flows/${flowKey}`}>{t('diff.back')}</LinkButton>}
      filters={
        <>
          <PlainSelect label={t('diff.from')} value={a} options={options} onChange={(value) => set({ a: value })} />
          <span aria-hidden="true">→</span>
          <PlainSelect label={t('diff.to')} value={b} options={options} onChange={(value) => set({ b: value })} />
        </>
      }
    >
      {problem !== null ? (
        <QueryProblem error={problem} onRetry={retry} />
      ) : !versions.isPending && a === null ? (
        <EmptyState title={t('diff.none')} />
      ) : before.data === undefined || after.data === undefined ? (
        <ScreenLoading />
      ) : (
        <Comparison key={`${a} ${b}`} before={before.data} after={after.data} versions={items} />
      )}
    </ScreenFrame>
  )
}

/** A published version never changes; the draft is read anew each time. */
function useSide(flowKey: string, side: string | null) {
  return useQuery({
    queryKey: ['flow-version', flowKey, side],
    enabled: side !== null,
    staleTime: side === 'draft' ? 0 : Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<FlowDefinition> =>
      side === 'draft' ? (await readDraft(flowKey, signal)).file : await readVersion(flowKey, Number(side), signal),
  })
}

const tones: Readonly<Record<'added' | 'removed' | 'changed' | 'moved', Tone>> = {
  added: 'ok',
  removed: 'error',
  changed: 'wait',
  moved: 'neutral',
}

interface Compared {
  readonly before: FlowDefinition
  readonly after: FlowDefinition
  readonly versions: readonly FlowVersion[]
}

function Comparison({ before, after, versions }: Compared) {
  const t = useT()
  const { filters, set } = useFilters()
  const withMoved = filters.moved !== undefined
  const [at, setAt] = useState<number | null>(null)
  const { file, all, allMarks } = useMemo(() => {
    const diff = diffFlows(before, after)
    return { file: unionOf(after, diff), all: changesOf(before, after, diff), allMarks: marksOf(diff) }
  }, [before, after])
  const changes = useMemo(() => all.filter(({ mark }) => withMoved || mark !== 'moved'), [all, withMoved])
  const marks = useMemo(() => new Map([...allMarks].filter(([, mark]) => withMoved || mark !== 'moved')), [allMarks, withMoved])
  const counts = countsOf(all)
  const step = (by: 1 | -1) => {
    if (changes.length === 0) return
    setAt((now) => (now === null ? (by === 1 ? 0 : changes.length - 1) : (now + by + changes.length) % changes.length))
  }
  const choose = useCallback(
    (ref: Ref) => {
      const found = changes.findIndex((change) => change.ref === ref)
      if (found !== -1) setAt(found)
    },
    [changes],
  )
  useCommands([
    { id: 'diff.next', title: () => translate('diff.next'), keys: ['N'], scope: 'app', run: () => step(1) },
    { id: 'diff.previous', title: () => translate('diff.previous'), keys: ['P'], scope: 'app', run: () => step(-1) },
  ])
  const chosen = at === null ? null : (changes[at] ?? null)
  const first = changes.find(({ ref }) => ref !== null)?.ref ?? null
  return (
    <div className={styles.comparison}>
      <VersionRuns flow={after.key} versions={versions} />
      <div className={styles.bar}>
        {(['added', 'removed', 'changed', 'moved'] as const).map((mark) => (
          <span key={mark} data-count={mark} data-number={counts[mark]}>
            <Badge tone={tones[mark]}>{t(`diff.count.${mark}`, { count: counts[mark] })}</Badge>
          </span>
        ))}
        <Switch isSelected={withMoved} onChange={(on) => set({ moved: on ? 1 : undefined })}>
          {t('diff.show-moved')}
        </Switch>
        <span className={styles.spring} />
        <span className={styles.quiet} aria-live="polite" data-testid="diff-position">
          {chosen === null ? '' : t('diff.position', { at: (at ?? 0) + 1, count: changes.length })}
        </span>
        <IconButton
          label={t('diff.previous')}
          keys="P"
          size="small"
          icon={<ArrowUp size={16} aria-hidden="true" />}
          isDisabled={changes.length === 0}
          onPress={() => step(-1)}
        />
        <IconButton
          label={t('diff.next')}
          keys="N"
          size="small"
          icon={<ArrowDown size={16} aria-hidden="true" />}
          isDisabled={changes.length === 0}
          onPress={() => step(1)}
        />
      </div>
      <div className={styles.both}>
        <DiffPicture file={file} marks={marks} first={first} chosen={chosen?.ref ?? null} onChoose={choose} />
        <div className={styles.words}>
          {changes.length === 0 ? (
            <p className={styles.same}>{t('diff.same')}</p>
          ) : (
            <ChangeList changes={changes} file={file} chosen={at} onChoose={setAt} />
          )}
        </div>
      </div>
    </div>
  )
}
