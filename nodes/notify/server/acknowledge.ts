import { isAddressed, type JsonObject, type NodeOutcome, type Person } from '@sluice/sdk'
import { problem, type WriteContext } from '@sluice/sdk/server'
import { lastResort, repAddress } from '../domain/alert.ts'
import { type AlertRow, alerts } from '../domain/tables.ts'
import { managerOf } from './crm.ts'
import { escalationKey } from './raise.ts'

/** Whether this alert is this person's business. An admin may step in for anyone. */
export function mayAcknowledge(alert: Pick<AlertRow, 'to' | 'escalatedTo'>, person: Person): boolean {
  return isAddressed(alert.to, person) || isAddressed(alert.escalatedTo, person) || person.roles.includes('admin')
}

/** Command `alerts.acknowledge { alert, by }`: closes the alert and lets the waiting step go on, in one transaction. */
export function acknowledgeAlert(context: WriteContext, { alert: id, by }: { readonly alert: string; readonly by: Person }): AlertRow {
  const alert = context.records.find(alerts, { id })
  if (alert === null) throw problem('SLU_ALERT_UNKNOWN', 404, `No alert ${id}`)
  if (!mayAcknowledge(alert, by)) throw problem('SLU_ALERT_NOT_YOURS', 403, 'This alert is addressed to somebody else')
  if (alert.state === 'acknowledged') throw problem('SLU_ALERT_ACKNOWLEDGED', 409, 'This alert is acknowledged already')
  const done: AlertRow = { ...alert, state: 'acknowledged', acknowledgedAt: context.now, acknowledgedBy: by.id }
  context.records.upsert(alerts, done)
  context.unschedule(escalationKey(id))
  goOn(context, done, by)
  context.audit('alert.acknowledged', { alert: id, by: by.id })
  context.notify('alerts', { alert: id, to: alert.to, state: 'acknowledged' })
  return done
}

/** Command `alerts.escalate { alert, to }`: the time limit passed, so the next person in line sees it too. */
export function escalateAlert(context: WriteContext, payload: { readonly alert: string; readonly to: string | null }): void {
  const alert = context.records.find(alerts, { id: payload.alert })
  if (alert === null || alert.state !== 'open' || alert.escalatedAt !== null) return
  const escalatedTo = nextInLine(context, alert, payload.to)
  context.records.update(alerts, { id: alert.id }, { escalatedTo, escalatedAt: context.now })
  context.audit('alert.escalated', { alert: alert.id, to: escalatedTo })
  context.notify('alerts', { alert: alert.id, to: escalatedTo, state: 'escalated' })
}

/** Command `alerts.webhook-done`: notes whether the outgoing webhook took it. */
export function noteWebhook(context: WriteContext, result: { readonly request: JsonObject; readonly outcome: NodeOutcome }): void {
  const id = String(result.request.alert ?? '')
  context.records.update(alerts, { id }, { webhook: result.outcome.kind === 'output' ? 'sent' : 'failed' })
}

function nextInLine(context: WriteContext, alert: AlertRow, named: string | null): string {
  if (named !== null) return repAddress(named)
  const manager = alert.to.startsWith('rep:') ? managerOf(context, alert.to.slice(4)) : null
  return manager === null ? lastResort : repAddress(manager)
}

function goOn(context: WriteContext, alert: AlertRow, by: Person): void {
  if (alert.run === null || alert.token === null) return
  const data = { alert: alert.id, to: alert.to, acknowledgedAt: new Date(context.now).toISOString(), acknowledgedBy: by.id }
  // False when the step has left by "unacknowledged" already: the acknowledgement still counts for the inbox.
  context.runs.completeStep(alert.run, alert.token, 'out', data, { acknowledgedBy: by.id })
}
