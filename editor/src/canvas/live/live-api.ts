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

export const readLive = (flow: string, runs: readonly string[] | 'all') =>
  api.get<LiveAnswer>(`/flows/${flow}/activity`, { view: 'live', ...(runs === 'all' ? {} : { runs: runs.join() }) })
export const readDay = (flow: string, signal?: AbortSignal) => api.get<DayAnswer>(`/flows/${flow}/activity`, { view: 'day' }, signal)
