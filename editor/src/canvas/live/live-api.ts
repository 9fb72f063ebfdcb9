import { api } from '../../app/api/index.ts'
import type { LiveRun } from '../../run/live-counts.ts'

export interface LiveAnswer {
  readonly runs: readonly LiveRun[]
  readonly truncated: boolean
}

export interface DayStep {
  readonly node: string
  readonly passed: number
  readonly failed: number
  readonly p95Ms: number | null
}

export interface DayAnswer {
  readonly from: string
  readonly at: string
  readonly runs: number
  readonly truncated: boolean
  readonly steps: readonly DayStep[]
}

/** A run that stands at a step, or that went through it. */
export interface RunHere {
  readonly run: string
  readonly passed: number
  readonly failed: number
}

export const readLive = (flow: string, runs: readonly string[] | 'all') =>
  api.get<LiveAnswer>(`/flows/${flow}/activity`, { view: 'live', ...(runs === 'all' ? {} : { runs: runs.join() }) })
export const readDay = (flow: string, signal?: AbortSignal) => api.get<DayAnswer>(`/flows/${flow}/activity`, { view: 'day' }, signal)
/** The runs behind the figures of one step. */
export const readDayOf = (flow: string, node: string, signal?: AbortSignal) =>
  api.get<{ readonly here?: readonly RunHere[] }>(`/flows/${flow}/activity`, { view: 'day', node }, signal)
