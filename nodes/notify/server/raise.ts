import { keptText } from '@sluice/sdk'
import { problem, type WriteContext } from '@sluice/sdk/server'
import { alertTextCharsMax, lastResort, type RaiseAlert, type RaisedAlert, repAddress } from '../domain/alert.ts'
import { type AlertRow, alerts, channels } from '../domain/tables.ts'
import { ownerOf } from './crm.ts'

/** Channel of the outgoing webhook that carries alerts. */
export const alertChannel = 'rep-alerts'

/** Command `alerts.raise`: the alert is in the inbox when this transaction commits. */
export function raiseAlert(context: WriteContext, ask: RaiseAlert): RaisedAlert {
  const texts = typeof ask.text === 'string' ? [ask.text] : Object.values(ask.text)
  if (texts.some((text) => text.length === 0 || text.length > alertTextCharsMax))
    throw problem('SLU_ALERT_TEXT', 422, 'The alert’s text is empty or too long')
  const row = alertRow(context, ask)
  context.records.insert(alerts, row)
  if (row.dueAt !== null) armEscalation(context, row, ask.escalateTo ?? null)
  if (row.webhook === 'queued') sendOut(context, row)
  context.audit('alert.raised', { alert: row.id, to: row.to, ...(row.customer === null ? {} : { customer: row.customer }) })
  context.notify('alerts', { alert: row.id, to: row.to, state: 'open' })
  return { alert: row.id, to: row.to }
}

function alertRow(context: WriteContext, ask: RaiseAlert): AlertRow {
  const customer = ask.customer ?? null
  const title = keptText(ask.title)
  const text = keptText(ask.text)
  const to = ask.to ?? (customer === null ? null : ownerOf(context, customer)) ?? lastResort
  return {
    id: context.newId(),
    to: repAddress(to),
    customer,
    title: title.text.slice(0, 1_000),
    text: text.text,
    titles: title.both,
    texts: text.both,
    kind: ask.kind ?? 'flow',
    withdrawal: ask.withdrawal ?? null,
    run: ask.step?.run ?? null,
    node: ask.step?.node ?? null,
    token: ask.step?.token ?? null,
    state: 'open',
    createdAt: context.now,
    dueAt: ask.dueAt ?? null,
    escalatedTo: null,
    escalatedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    webhook: context.records.find(channels, { channel: alertChannel }) === null ? 'none' : 'queued',
  }
}

function armEscalation(context: WriteContext, row: AlertRow, to: string | null): void {
  context.schedule({
    key: escalationKey(row.id),
    command: 'alerts.escalate',
    dueAt: row.dueAt ?? context.now,
    payload: { alert: row.id, to },
  })
}

/** The alert leaves too, on its own: the inbox never waits for a network, and a dead webhook fails no run. */
function sendOut(context: WriteContext, row: AlertRow): void {
  context.effect({
    handler: 'notify.alert-webhook',
    request: { alert: row.id },
    use: null,
    onResult: 'alerts.webhook-done',
    idempotencyKey: `alert:${row.id}`,
  })
}

export function escalationKey(alert: string): string {
  return `alerts.escalate:${alert}`
}
