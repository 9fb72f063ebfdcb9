import type { FlowDefinition } from '@sluice/flows'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, type JournalItem, journalQuery, mergeBySeq, type Run, runQuery, useMay, useStream } from '../../app/api/index.ts'
import { rememberSeals } from '../../app/reveal/seal-places.ts'
import { catalogue } from '../../canvas/catalogue.ts'
import { fromFile, placeSteps, wiresOut } from '../../doc/index.ts'
import type { Follow } from '../../run/picture.ts'
import { type Timeline, timeline } from '../../run/timeline.ts'
import { readVersion } from '../canvas/flow-api.ts'

export interface RunStory {
  readonly run: Run
  readonly file: FlowDefinition
  readonly line: Timeline
}

/** A run, the version it is pinned to, and its journal, kept up to date while it goes on. */
export function useRunStory(id: string): { readonly story: RunStory | null; readonly error: Error | null; readonly retry: () => void } {
  const client = useQueryClient()
  // Whoever may look at this run and not at flows gets the drawing with the run.
  const mayRead = useMay()('flows.read')
  const run = useQuery(runQuery(id))
  const journal = useQuery(journalQuery(id))
  const flow = run.data?.flow ?? ''
  const version = run.data?.version ?? 0
  const file = useQuery({
    queryKey: ['flow-version', flow, version],
    queryFn: ({ signal }) =>
      mayRead ? readVersion(flow, version, signal) : api.get<FlowDefinition>(`/runs/${encodeURIComponent(id)}/flow`, undefined, signal),
    enabled: version > 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  // A run that is nowhere has no stream, and asking for it would cut the one of the whole page.
  useStream(run.data === undefined && run.isError ? {} : { run: id }, (message) => {
    if (message.kind === 'resumed') void client.invalidateQueries({ queryKey: ['runs'] })
    if (message.kind !== 'run' || message.run !== id) return
    client.setQueryData<JournalItem[]>(journalQuery(id).queryKey, (known) =>
      known === undefined ? known : [...mergeBySeq(known, message.entries)],
    )
    void client.invalidateQueries({ queryKey: runQuery(id).queryKey })
  })
  const story = useMemo(() => {
    if (run.data === undefined || journal.data === undefined || file.data === undefined) return null
    rememberSeals(id, journal.data)
    return { run: run.data, file: file.data, line: timeline(journal.data, followIn(file.data)) }
  }, [id, run.data, journal.data, file.data])
  const failed = [run, journal, file].find((query) => query.isError)
  return {
    story,
    error: story === null ? (failed?.error ?? null) : null,
    retry: () => void client.invalidateQueries({ queryKey: ['runs'] }),
  }
}

function followIn(file: FlowDefinition): Follow {
  const { edges } = placeSteps(fromFile(file), catalogue)
  return (node, port) => wiresOut(edges, node).flatMap((edge) => (edge.from.port === port ? [edge.to.node] : []))
}
