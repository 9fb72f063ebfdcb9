import { type WorkingCalendar, workingCalendar } from '@sluice/sdk'
import type { WriteContext } from '@sluice/sdk/server'
import { type DateSpec, dateIn, dateLimits, dueOf, endOf } from '../domain/date-trigger.ts'
import { dateReachedType } from '../nodes/date-field.ts'
import { frozenFields } from './freeze.ts'
import { type Customer, customers, type DateDue, type DateTrigger, dateDues, dateTriggers } from './tables.ts'

/** What `crm.dates.sync` needs of an active flow. */
interface SyncFlow {
  readonly key: string
  readonly nodes: {
    readonly [id: string]: { readonly id: string; readonly type: string; readonly config: { readonly [key: string]: unknown } }
  }
}

type Place = Pick<DateTrigger, 'flow' | 'node'>

/**
 * Command `crm.dates.sync { flows }`: the date triggers of all active flows. New and changed ones are counted for every customer,
 * some at a time; what was due before that starts nothing. Gone ones are forgotten, but not what they have started already.
 */
export function syncDates(context: WriteContext, { flows }: { readonly flows: readonly SyncFlow[] }): { readonly armed: number } {
  const wanted = flows.flatMap((flow) => Object.values(flow.nodes).flatMap((node) => triggerOf(flow.key, node)))
  const keys = new Set(wanted.map(timerKey))
  for (const row of context.records.list(dateTriggers, { limit: 100_000 })) if (!keys.has(timerKey(row))) disarm(context, row)
  for (const row of wanted) {
    const known = context.records.find(dateTriggers, { flow: row.flow, node: row.node })
    if (known !== null && sameSpec(known, row)) continue
    context.records.upsert(dateTriggers, row)
    count(context, row)
  }
  return { armed: wanted.length }
}

/** Event `sluice.calendar.changed`: working days of a calendar are others now. */
export function recountDates(context: WriteContext, { data }: { readonly data: unknown }): void {
  const { calendar } = (data ?? {}) as { readonly calendar?: unknown }
  if (typeof calendar !== 'string') return
  for (const row of context.records.list(dateTriggers, { where: { calendar }, limit: 100_000 })) count(context, row)
}

/** Command `crm.dates.sweep { flow, node, after }`: the next customers of a count. */
export function sweepDates(context: WriteContext, { flow, node, after }: Place & { readonly after: string }): void {
  const trigger = context.records.find(dateTriggers, { flow, node })
  if (trigger === null) return
  const page = context.records.list(customers, { where: { id: { gt: after } }, orderBy: [['id', 'asc']], limit: dateLimits.sweepPerTurn })
  for (const customer of page) arm(context, trigger, customer, 'count')
  wake(context, trigger)
  const last = page.at(-1)
  if (last !== undefined && page.length === dateLimits.sweepPerTurn) sweepFrom(context, trigger, last.id, context.now)
}

/** A customer was entered, or fields of theirs changed. */
export function dateChanged(context: WriteContext, before: Customer | null, after: Customer): void {
  for (const trigger of context.records.list(dateTriggers, { limit: 100_000 })) {
    if (before !== null && before.fields[trigger.field] === after.fields[trigger.field]) continue
    arm(context, trigger, after, 'change')
    wake(context, trigger)
  }
}

export function forgetDates(context: WriteContext, customer: string): void {
  context.records.delete(dateDues, { customer })
}

/** Command `crm.dates.fire { flow, node }`: starts what is due, some at a time, each in the transaction that notes it. */
export function fireDates(context: WriteContext, { flow, node }: Place): { readonly started: number } {
  const trigger = context.records.find(dateTriggers, { flow, node })
  if (trigger === null) return { started: 0 }
  const where = { flow, node, state: 'armed', dueAt: { lte: context.now } } as const
  const due = context.records.list(dateDues, { where, orderBy: [['dueAt', 'asc']], limit: dateLimits.startsPerTurn })
  let started = 0
  for (const row of due) {
    const outcome = startOne(context, trigger, row)
    if (outcome === 'paused') {
      wake(context, trigger, context.now + dateLimits.pausedMs)
      return { started }
    }
    context.records.update(dateDues, keyOf(row), { state: 'done' })
    if (outcome === 'started') started++
    else context.audit('crm.date-passed', { flow, node, customer: row.customer }, { field: trigger.field, why: outcome })
  }
  wake(context, trigger)
  return { started }
}

/** Why a date starts nothing: nothing ran for too long, the value is another or may not be used, the flow takes no more. */
type NoStart = 'missed' | 'changed' | 'frozen' | 'full'

function startOne(context: WriteContext, { flow, node, field }: DateTrigger, row: DateDue): 'started' | 'paused' | NoStart {
  const lateMs = context.now - row.dueAt
  if (lateMs > dateLimits.catchUpMsMax) return 'missed'
  const customer = context.records.find(customers, { id: row.customer })
  if (customer === null || dateIn(customer.fields[field]) !== row.date) return 'changed'
  if (frozenFields(context.records, row.customer).has(field)) return 'frozen'
  const data = { customer: row.customer, field, lateMs }
  const time = new Date(context.now).toISOString()
  const event = { id: context.newId(), source: '/sluice/crm', type: dateReachedType, subject: row.customer, time, data }
  try {
    context.runs.start(flow, node, data, event)
    return 'started'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'SLU_FLOW_PAUSED') return 'paused'
    if (code === 'SLU_FLOW_FULL') return 'full'
    throw error
  }
}

/**
 * Once for each customer and date. A count after a publish arms only what lies ahead; a date that was just entered and whose moment
 * has passed starts at once, as long as the day itself is not over: a contract that ends tomorrow is worth a word today.
 */
function arm(context: WriteContext, trigger: DateTrigger, customer: Customer, why: 'count' | 'change'): void {
  const { flow, node, field, timeZone } = trigger
  const date = dateIn(customer.fields[field])
  const place = { flow, node, customer: customer.id }
  for (const row of context.records.list(dateDues, { where: { ...place, state: 'armed' } }))
    if (row.date !== date) context.records.delete(dateDues, keyOf(row))
  if (date === null) return
  const known = context.records.find(dateDues, { ...place, date })
  if (known?.state === 'done') return
  const calendar = trigger.calendar === null ? null : findCalendar(context, trigger.calendar)
  const found = dueOf(trigger as DateSpec, date, calendar)
  const isOver = found === null || (found <= context.now && (why === 'count' || endOf(date, timeZone) <= context.now))
  if (isOver) context.records.delete(dateDues, { ...place, date })
  else context.records.upsert(dateDues, { ...place, date, dueAt: Math.max(found, context.now), state: 'armed' })
}

/** A calendar that is gone no longer makes a difference between days. */
function findCalendar(context: WriteContext, id: string): WorkingCalendar | null {
  return workingCalendar(id) ?? context.command<WorkingCalendar | null>('core.calendar.find', { id })
}

function count(context: WriteContext, trigger: DateTrigger): void {
  sweepFrom(context, trigger, '', context.now)
}

function sweepFrom(context: WriteContext, { flow, node }: Place, after: string, dueAt: number): void {
  context.schedule({ key: `crm.dates.sweep:${flow}:${node}`, command: 'crm.dates.sweep', dueAt, payload: { flow, node, after } })
}

/** One timer for each trigger, at its first date that is due. */
function wake(context: WriteContext, { flow, node }: Place, notBefore = 0): void {
  const query = { where: { flow, node, state: 'armed' }, orderBy: [['dueAt', 'asc']], limit: 1 } as const
  const [first] = context.records.list(dateDues, query)
  const key = timerKey({ flow, node })
  if (first === undefined) context.unschedule(key)
  else context.schedule({ key, command: 'crm.dates.fire', dueAt: Math.max(first.dueAt, notBefore), payload: { flow, node } })
}

function disarm(context: WriteContext, { flow, node }: Place): void {
  context.unschedule(timerKey({ flow, node }))
  context.unschedule(`crm.dates.sweep:${flow}:${node}`)
  context.records.delete(dateTriggers, { flow, node })
  context.records.delete(dateDues, { flow, node, state: 'armed' })
}

const specParts = ['field', 'when', 'days', 'at', 'timeZone', 'calendar'] as const

function sameSpec(left: DateTrigger, right: DateTrigger): boolean {
  return specParts.every((part) => left[part] === right[part])
}

function timerKey({ flow, node }: Place): string {
  return `crm.dates:${flow}:${node}`
}

function keyOf({ flow, node, customer, date }: DateDue) {
  return { flow, node, customer, date }
}

function triggerOf(flow: string, { id, type, config }: SyncFlow['nodes'][string]): DateTrigger[] {
  const { field, when, days, at, timeZone, calendar } = config
  if (type !== 'crm.date-field' || typeof field !== 'string') return []
  return [
    {
      flow,
      node: id,
      field,
      when: when === 'on' || when === 'after' ? when : 'before',
      days: typeof days === 'number' ? days : 3,
      at: typeof at === 'string' ? at : '09:00',
      timeZone: typeof timeZone === 'string' ? timeZone : 'UTC',
      calendar: typeof calendar === 'string' && calendar !== '' ? calendar : null,
    },
  ]
}
