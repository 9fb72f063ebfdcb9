import type { WriteContext } from '@sluice/sdk/server'
import { nextAfterFire, nextDue, type ScheduleSpec } from '../domain/schedule.ts'
import { findCalendar } from './calendars.ts'
import { type ScheduleRow, schedules } from './tables.ts'

/** What `core.schedule.sync` needs of a compiled flow. */
export interface SyncFlow {
  readonly key: string
  readonly nodes: {
    readonly [id: string]: { readonly id: string; readonly type: string; readonly config: { readonly [key: string]: unknown } }
  }
}

/**
 * Command `core.schedule.sync { flows }`: called after a publish, an activation or a retirement with every active flow.
 * Arms what is new or changed, disarms what is gone, leaves the rest ticking on its beat.
 */
export function syncSchedules(context: WriteContext, { flows }: { readonly flows: readonly SyncFlow[] }): { readonly armed: number } {
  const wanted = flows.flatMap((flow) => Object.values(flow.nodes).flatMap((node) => rowOf(flow.key, node)))
  const keys = new Set(wanted.map(scheduleKey))
  for (const row of context.records.list(schedules, { limit: 100_000 })) {
    if (!keys.has(scheduleKey(row))) disarm(context, row)
  }
  for (const row of wanted) {
    const known = context.records.find(schedules, { flow: row.flow, node: row.node })
    if (known === null || !sameSpec(known, row)) arm(context, row, nextDue(specOf(context, row), context.now))
    // One that should have begun by now and did not is asked again: its timer may have been given up.
    else if (known.dueAt < context.now) setTimer(context, row, context.now)
  }
  return { armed: context.records.count(schedules) }
}

/** Command `core.schedule.fire { flow, node }`: starts the run of one due instant and arms the next, in one transaction. */
export function fireSchedule(
  context: WriteContext,
  { flow, node }: { readonly flow: string; readonly node: string },
): { readonly run: string | null } {
  const row = context.records.find(schedules, { flow, node })
  if (row === null) return { run: null }
  arm(context, row, nextAfterFire(specOf(context, row), row.dueAt, context.now))
  const data = { dueAt: iso(row.dueAt), firedAt: iso(context.now), lateMs: Math.max(0, context.now - row.dueAt) }
  try {
    return { run: context.runs.start(flow, node, data, null) }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    // The beat stays due, and is asked again until the flow goes on: then one late run stands for all that were missed.
    if (code === 'SLU_FLOW_PAUSED') {
      context.records.upsert(schedules, row)
      setTimer(context, row, context.now + pausedMs)
      return { run: null }
    }
    // The flow drops what does not fit in: this beat starts nothing, the next one is armed.
    if (code === 'SLU_FLOW_FULL') return { run: null }
    throw error
  }
}

/** A paused flow is asked again so much later. */
const pausedMs = 60_000

/** Days off changed: times that were armed by this calendar are worked out anew. One whose moment has come already starts its run. */
export function rearmSchedules(context: WriteContext, calendar: string): void {
  for (const row of context.records.list(schedules, { where: { calendar }, limit: 100_000 }))
    if (row.dueAt > context.now) arm(context, row, nextDue(specOf(context, row), context.now))
}

/** A calendar that is gone no longer keeps anything back. */
function specOf(context: WriteContext, row: Omit<ScheduleRow, 'dueAt'>): ScheduleSpec {
  const calendar = row.calendar === null ? null : findCalendar(context.records, row.calendar)
  return { ...row, dayOff: calendar === null ? null : { calendar, rule: row.onDayOff ?? 'skip' } }
}

function scheduleKey({ flow, node }: Pick<ScheduleRow, 'flow' | 'node'>): string {
  return `core.schedule:${flow}:${node}`
}

function arm(context: WriteContext, row: Omit<ScheduleRow, 'dueAt'>, dueAt: number | null): void {
  if (dueAt === null) {
    disarm(context, row)
    return
  }
  context.records.upsert(schedules, { ...row, dueAt })
  setTimer(context, row, dueAt)
}

function setTimer(context: WriteContext, { flow, node }: Pick<ScheduleRow, 'flow' | 'node'>, dueAt: number): void {
  context.schedule({ key: scheduleKey({ flow, node }), command: 'core.schedule.fire', dueAt, payload: { flow, node } })
}

function disarm(context: WriteContext, row: Pick<ScheduleRow, 'flow' | 'node'>): void {
  context.unschedule(scheduleKey(row))
  context.records.delete(schedules, { flow: row.flow, node: row.node })
}

function rowOf(flow: string, node: SyncFlow['nodes'][string]): Omit<ScheduleRow, 'dueAt'>[] {
  if (node.type !== 'core.schedule') return []
  const { cron, every, timeZone, calendar, onDayOff } = node.config
  const times = { cron: textOrNull(cron), every: textOrNull(every), timeZone: textOrNull(timeZone) ?? 'UTC' }
  const rule = onDayOff === 'next' || onDayOff === 'previous' ? onDayOff : null
  return [{ flow, node: node.id, ...times, calendar: textOrNull(calendar), onDayOff: rule }]
}

function sameSpec(a: Omit<ScheduleRow, 'dueAt'>, b: Omit<ScheduleRow, 'dueAt'>): boolean {
  const sameDays = a.calendar === b.calendar && a.onDayOff === b.onDayOff
  return a.cron === b.cron && a.every === b.every && a.timeZone === b.timeZone && sameDays
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
