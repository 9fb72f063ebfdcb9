import { after, eachLanguage, failure, type NodeOutcome, output, type StepContext, waitUntil, words } from '@sluice/sdk'
import type { Static } from 'typebox'
import { alertTextCharsMax, type RaisedAlert } from '../domain/alert.ts'
import type { RepConfig } from '../nodes/rep.ts'

const cut = (text: string) => text.slice(0, alertTextCharsMax)

/** Raises the alert in the step's own transaction; with a time limit the step stays until somebody acknowledges. */
export function alertRep(context: StepContext<Static<typeof RepConfig>>): NodeOutcome {
  const { config, run, node, token, now } = context
  const dueAt = config.ackWithin === undefined ? null : after(now, config.ackWithin)
  if (config.ackWithin !== undefined && dueAt === null)
    return failure('SLU_ALERT_DEADLINE', words('The time limit is no ISO 8601 duration.', '时限不是 ISO 8601 时长。'))
  const raised = context.command<RaisedAlert>('alerts.raise', {
    to: config.to ?? null,
    customer: config.customer ?? run.subject,
    title: config.title ?? '',
    text: typeof config.text === 'string' ? cut(config.text) : eachLanguage(config.text, cut),
    kind: 'flow',
    dueAt,
    escalateTo: config.escalateTo ?? null,
    step: { run: run.id, node, token },
  })
  const data = { alert: raised.alert, to: raised.to, at: new Date(now).toISOString() }
  return dueAt === null ? output(data, { to: raised.to }) : waitUntil(dueAt, data, 'unacknowledged', { to: raised.to })
}
