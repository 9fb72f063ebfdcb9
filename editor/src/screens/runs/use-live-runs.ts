import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { type Page, type Run, type RunFilters, runsQuery, useStream } from '../../app/api/index.ts'
import { type LiveRun, mergeLive } from './merge-live.ts'

/** Ten redraws a second are plenty for people; a busy engine ends thousands of runs in that time. */
const paceMs = 100
/** How soon a run that is not on the page makes it be read again. */
const rereadMs = 2_000

/** Keeps a list of runs true while it is looked at. */
export function useLiveRuns(filters: RunFilters): void {
  const client = useQueryClient()
  const waiting = useRef(new Map<string, LiveRun>())
  const reread = useRef<ReturnType<typeof setTimeout> | null>(null)
  const key = runsQuery(filters).queryKey

  const readAgain = () => {
    reread.current ??= setTimeout(() => {
      reread.current = null
      void client.invalidateQueries({ queryKey: key })
    }, rereadMs)
  }
  const flush = () => {
    if (waiting.current.size === 0) return
    const live = [...waiting.current.values()]
    waiting.current.clear()
    const old = client.getQueryData<InfiniteData<Page<Run>, string | null>>(key)
    if (old === undefined) return
    const merged = mergeLive(old, live, new Date().toISOString())
    if (merged.data !== old) client.setQueryData(key, merged.data)
    if (!merged.isKnown) readAgain()
  }
  const latest = useRef(flush)
  useEffect(() => {
    latest.current = flush
  })
  useEffect(() => {
    const timer = setInterval(() => latest.current(), paceMs)
    return () => {
      clearInterval(timer)
      if (reread.current !== null) clearTimeout(reread.current)
      reread.current = null
    }
  }, [])
  useStream({ runs: true }, (message) => {
    if (message.kind === 'resumed') void client.invalidateQueries({ queryKey: ['runs'] })
    if (message.kind === 'run') waiting.current.set(message.run, { run: message.run, status: message.status })
  })
}
