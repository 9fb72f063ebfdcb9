import { useEffect, useRef, useState } from 'react'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { useStream } from '../../app/api/index.ts'
import { type Counts, liveCounts } from '../../run/live-counts.ts'
import { readLive } from './live-api.ts'

export interface Shown {
  readonly totals: ReadonlyMap<string, Counts>
  readonly runs: number
  /** The runs behind the counts of a step. */
  readonly standing: ReturnType<typeof liveCounts>['at']
  readonly truncated: boolean
  /** Null until the first answer. */
  readonly at: number | null
  readonly problem: unknown
}

/** Between two questions, however fast runs go by. */
const paceMs = 500
const retryMs = 3_000

/** Where all live runs of a flow stand, kept up to date by the stream. */
export function useLiveCounts(flow: string): { readonly store: StoreApi<Shown>; readonly restart: () => void } {
  const [shown] = useState(() =>
    createStore<Shown>(() => ({ totals: new Map(), runs: 0, standing: () => [], truncated: false, at: null, problem: null })),
  )
  const pump = useRef<{ hear: ReturnType<typeof liveCounts>['hear']; restart: () => void } | null>(null)
  useEffect(() => {
    const counts = liveCounts()
    let timer: ReturnType<typeof setTimeout> | null = null
    let isAsking = false
    let isHere = true
    const plan = (delay: number) => {
      if (isHere && !isAsking) timer ??= setTimeout(() => void ask(), delay)
    }
    const draw = () => shown.setState({ totals: counts.totals(), runs: counts.size, standing: (node) => counts.at(node) })
    const ask = async () => {
      timer = null
      const question = counts.ask()
      // A run that ended is told without a question.
      if (question === null) return draw()
      isAsking = true
      let delay = paceMs
      try {
        const { runs, truncated } = await readLive(flow, question)
        counts.answer(runs)
        const { truncated: before } = shown.getState()
        shown.setState({ at: Date.now(), problem: null, truncated: question === 'all' ? truncated : before })
      } catch (problem) {
        counts.lose()
        delay = retryMs
        shown.setState({ problem })
      }
      draw()
      isAsking = false
      plan(delay)
    }
    pump.current = {
      hear(run, status) {
        counts.hear(run, status)
        plan(paceMs)
      },
      restart() {
        counts.lose()
        plan(0)
      },
    }
    plan(0)
    return () => {
      isHere = false
      if (timer !== null) clearTimeout(timer)
    }
  }, [flow, shown])
  const { state } = useStream({ flow }, (message) => {
    if (message.kind === 'run') pump.current?.hear(message.run, message.status)
    if (message.kind === 'resumed') pump.current?.restart()
  })
  useEffect(() => {
    // What happened while nobody listened is in no message: as soon as the line is there, everything is read.
    if (state === 'live') pump.current?.restart()
  }, [state])
  return { store: shown, restart: () => pump.current?.restart() }
}
