import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { api, type JournalItem, type Page, type Run, useMay, useSession } from '../../app/api/index.ts'
import { wholeItem } from '../../app/api/journal.ts'
import { rememberSeals } from '../../app/reveal/seal-places.ts'
import { useFlow, useFlowEditor } from '../../canvas/flow-editor.ts'
import { portsOfStep, wiresInto } from '../../doc/index.ts'
import { keptOf, keptOutputs } from './kept-outputs.ts'
import { makePins } from './pins.ts'
import { outputsOf, reachedLately, scopeOfExample, scopeSoFar, whyOf } from './sample.ts'
import { misfits } from './schema-fit.ts'
import type { SampleScope } from './scope-context.ts'
import { useRecentRuns } from './use-recent.ts'
import { useSeen } from './use-seen.ts'
import { withKept } from './with-kept.ts'

const pins = makePins(localStorage)
const samplesMax = 20
const entriesMax = 1_000

/**
 * Real data for a step: the latest runs of this flow, one at a time; before the first run, the trigger's example. Who sets a step up
 * begins with the latest run that came to it: `seeks` reads further than the newest for that.
 */
export function useSamples(step: string, seeks = false): SampleScope {
  const may = useMay()
  const { catalogue } = useFlowEditor()
  const doc = useFlow((state) => state.doc)
  const key = doc.head.key
  // Null until somebody turned the pages.
  const [turned, setTurned] = useState<number | null>(null)
  const runs = useQuery({
    queryKey: ['runs', 'samples', key],
    queryFn: ({ signal }) => api.get<Page<Run>>('/runs', { flow: key, limit: samplesMax }, signal),
    enabled: may('runs.read'),
    staleTime: 5_000,
  })
  const user = useSession()?.user.id ?? ''
  const [pinned, setPinned] = useState(() => pins.find(user, key))
  const keptRun = useQuery({
    queryKey: ['runs', 'pinned', pinned],
    queryFn: ({ signal }) => api.get<Run>(`/runs/${encodeURIComponent(pinned ?? '')}`, undefined, signal),
    enabled: pinned !== null && may('runs.read'),
    retry: false,
  })
  const items = runs.data?.items ?? []
  // A pinned run that is gone is no sample any more.
  const isFree = turned === null && pinned === null
  const [missed, setMissed] = useState('')
  const recent = useRecentRuns(seeks && isFree && missed === `${items[0]?.id} ${step}`)
  const lately = useMemo(() => (isFree ? reachedLately(recent, step, doc) : null), [isFree, recent, step, doc])
  const index =
    turned ??
    Math.max(
      0,
      items.findIndex(({ id }) => id === lately),
    )
  const run = pinned !== null && keptRun.data !== undefined ? keptRun.data : items[Math.min(index, items.length - 1)]
  const journal = useQuery({
    queryKey: ['runs', 'sample', run?.id, run?.state],
    queryFn: ({ signal }) =>
      api
        .get<Page<JournalItem>>(`/runs/${encodeURIComponent(run?.id ?? '')}/journal`, { limit: entriesMax }, signal)
        .then(({ items: sent }) => sent.map(wholeItem)),
    enabled: run !== undefined,
  })
  const example = useMemo(() => scopeOfExample(doc, catalogue, Date.now()), [doc, catalogue])
  const entries = journal.data
  useMemo(() => rememberSeals(run?.id ?? '', entries ?? []), [run?.id, entries])
  useEffect(() => {
    if (!seeks || run === undefined || entries === undefined || run.id !== items[0]?.id) return
    if (!scopeSoFar(run, entries, step, doc).isReached) setMissed(`${run.id} ${step}`)
  }, [seeks, run, entries, items, step, doc])
  const byStep = useStore(keptOutputs, (state) => state.byStep)
  const seen = useSeen(step)
  return useMemo(() => {
    const soFar = run === undefined || entries === undefined ? null : scopeSoFar(run, entries, step, doc)
    const real = soFar?.isReached === true ? soFar.scope : null
    const isReal = real !== null && run !== undefined && entries !== undefined
    const isPinned = isReal && run.id === pinned
    const kept = keptOf(byStep, key)
    // Kept outputs came of this run, so they stand in what it has.
    const otherwise = kept.size > 0 ? (soFar?.scope ?? example) : (example ?? soFar?.scope ?? null)
    const { scope, used } = withKept(real, otherwise, kept, step, doc)
    const input = used.length > 0 ? scope?.input : real?.input
    const promised = wiresInto(doc.edges, step).flatMap(({ from }) => {
      const before = doc.nodes.get(from.node)
      return before === undefined ? [] : portsOfStep(before, catalogue).outputs.filter(({ name }) => name === from.port)
    })
    // With several ways in, the sample came by one of them.
    const wrong = promised.map(({ schema }) => misfits(input, schema)).sort((a, b) => a.length - b.length)
    return {
      step,
      isPinned,
      pin: isReal
        ? (isOn) => {
            pins.pin(user, key, isOn ? run.id : null)
            setPinned(isOn ? run.id : null)
          }
        : null,
      misfits: isReal || used.length > 0 ? (wrong[0] ?? []) : [],
      scope,
      seen,
      kept: used,
      source: scope === null ? 'none' : scope === example ? 'example' : isReal || used.length > 0 || example === null ? 'run' : 'example',
      runId: isReal ? run.id : null,
      index: Math.min(index, Math.max(0, items.length - 1)),
      count: items.length,
      at: isReal ? Date.parse(run.startedAt) : null,
      outputs: isReal ? outputsOf(entries, step) : [],
      why: isReal ? whyOf(entries, step) : null,
      go: (by) => {
        setPinned(null)
        setTurned(Math.max(0, Math.min(items.length - 1, index + by)))
      },
    }
  }, [run, entries, step, doc, example, index, items.length, pinned, user, key, catalogue, byStep, seen])
}
