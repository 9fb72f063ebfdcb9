import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { api, type JournalItem, type Page, type Run, useMay } from '../../app/api/index.ts'
import { useFlow, useFlowEditor } from '../../canvas/flow-editor.ts'
import { outputsOf, scopeOfExample, scopeOfRun, whyOf } from './sample.ts'
import type { SampleScope } from './scope-context.ts'

const samplesMax = 20
const entriesMax = 1_000

/** Real data for a step: the latest runs of this flow, one at a time; before the first run, the trigger's example. */
export function useSamples(step: string): SampleScope {
  const may = useMay()
  const { catalogue } = useFlowEditor()
  const doc = useFlow((state) => state.doc)
  const key = doc.head.key
  const [index, setIndex] = useState(0)
  const runs = useQuery({
    queryKey: ['runs', 'samples', key],
    queryFn: ({ signal }) => api.get<Page<Run>>('/runs', { flow: key, limit: samplesMax }, signal),
    enabled: may('runs.read'),
    staleTime: 5_000,
  })
  const items = runs.data?.items ?? []
  const run = items[Math.min(index, items.length - 1)]
  const journal = useQuery({
    queryKey: ['runs', 'journal', run?.id, run?.state],
    queryFn: ({ signal }) =>
      api.get<Page<JournalItem>>(`/runs/${encodeURIComponent(run?.id ?? '')}/journal`, { limit: entriesMax }, signal),
    enabled: run !== undefined,
  })
  const example = useMemo(() => scopeOfExample(doc, catalogue, Date.now()), [doc, catalogue])
  const entries = journal.data?.items
  return useMemo(() => {
    const real = run === undefined || entries === undefined ? null : scopeOfRun(run, entries, step, doc)
    const isReal = real !== null && run !== undefined && entries !== undefined
    return {
      step,
      scope: isReal ? real : example,
      source: isReal ? 'run' : example === null ? 'none' : 'example',
      runId: isReal ? run.id : null,
      index: Math.min(index, Math.max(0, items.length - 1)),
      count: items.length,
      at: isReal ? Date.parse(run.startedAt) : null,
      outputs: isReal ? outputsOf(entries, step) : [],
      why: isReal ? whyOf(entries, step) : null,
      go: (by) => setIndex((before) => Math.max(0, Math.min(items.length - 1, before + by))),
    }
  }, [run, entries, step, doc, example, index, items.length])
}
