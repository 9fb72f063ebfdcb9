import type { WriteContext } from '@sluice/sdk/server'
import { cases, notes, tasks } from '../../approvals/index.ts'
import { stopStories } from './load.ts'
import { demoRows } from './tables.ts'

/** Takes the dealership away: its live runs end, its people and all that hangs on them go. Other data is not looked at. */
export function unloadDemo(context: WriteContext): void {
  stopStories(context)
  const rows = context.records.list(demoRows, { limit: 10_000 })
  const customers = rows.filter((row) => row.kind === 'customer').map((row) => row.id)
  const reps = rows.filter((row) => row.kind === 'rep').map((row) => row.id)
  for (const customer of customers) {
    for (const run of context.runs.ofSubject(customer)) context.runs.cancel(run.id, 'demo_removed')
    context.cancelEffects({ subject: customer, covers: () => true, reason: 'demo_removed' })
    context.records.delete(tasks, { subject: customer })
    context.records.delete(cases, { subject: customer })
    context.records.delete(notes, { subject: customer })
  }
  context.command('notify.forget', { customers, reps })
  context.command('ai.forget', { customers })
  context.command('consent.forget', { customers })
  context.command('crm.forget', { customers, reps })
  context.runs.forget({ subjects: customers, flows: [] })
  context.records.delete(demoRows, {})
}
