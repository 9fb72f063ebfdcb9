import type { FlowDefinition, JsonObject } from '@sluice/flows'
import type { Door } from '../door.ts'

export const baselineLimits = {
  /** As long as the figures before a capability is switched on. */
  days: 28,
  /** Events looked at for one template; of more, the newest. */
  eventsMax: 1_000,
} as const

export interface Baseline {
  /** Events that would have started it; null: it starts by hand, by the clock or by a webhook, and nothing tells how often it would have. */
  readonly events: number | null
  /** Of those, the ones that started a run of some flow. */
  readonly answered: number
  /** There were more events than are looked at. */
  readonly more: boolean
  /** What half of the runs that answered and succeeded took at the most; null: none did. */
  readonly medianMs: number | null
}

/** What this workspace knows of the time before a template is installed. Measured, never declared: a figure nobody measured is not shown. */
export function baselineOf({ engine, nodeTypes, now }: Pick<Door, 'engine' | 'nodeTypes' | 'now'>, flow: FlowDefinition): Baseline {
  const starts = flow.nodes.flatMap(({ type, config }) => {
    const trigger = nodeTypes.get(type)?.trigger
    const settings = (config ?? {}) as JsonObject
    const types = trigger?.eventTypes(settings).filter((each) => !each.includes('*')) ?? []
    return trigger === undefined || types.length === 0 ? [] : [{ trigger, settings, types }]
  })
  if (starts.length === 0) return { events: null, answered: 0, more: false, medianMs: null }
  const { runs, events } = engine.reader
  const from = now() - baselineLimits.days * 86_400_000
  const types = [...new Set(starts.flatMap((start) => start.types))]
  const latest = events.latest({ types, from, limit: baselineLimits.eventsMax + 1 })
  const such = latest
    .slice(0, baselineLimits.eventsMax)
    .filter(({ content }) => starts.some(({ trigger, settings }) => trigger.matches(content, settings)))
  const answered = such.filter((event) => event.runs.length > 0)
  const took = answered
    .flatMap((event) => event.runs.map(({ run }) => runs.find(run)))
    .flatMap((run) => (run?.status !== 'succeeded' || run.endedAt === null ? [] : [run.endedAt - run.startedAt]))
    .sort((a, b) => a - b)
  return {
    events: such.length,
    answered: answered.length,
    more: latest.length > baselineLimits.eventsMax,
    medianMs: took[Math.floor((took.length - 1) / 2)] ?? null,
  }
}
