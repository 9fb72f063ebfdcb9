import { eachLanguage, isAddressed } from '@sluice/sdk'
import { type Caller, knowsOwnOnly, pageOf, personOf, type Route, type Sight } from '@sluice/sdk/server'
import { Type } from 'typebox'
import { type AlertRow, alerts, channels, type MessageRow, messages } from '../domain/tables.ts'
import { mayAcknowledge } from './acknowledge.ts'

const paging = { limit: Type.Optional(Type.String()), cursor: Type.Optional(Type.String()) }
const closed = { additionalProperties: false }

export const routes: readonly Route[] = [
  {
    method: 'GET',
    path: '/alerts',
    permission: 'alerts.read',
    summary: 'Alerts addressed to the caller; an admin sees all',
    query: Type.Object({ ...paging, state: Type.Optional(Type.String()), customer: Type.Optional(Type.String()) }, closed),
    handle: ({ query, caller }, { records, sight }) => {
      const where = {
        ...(query.state === undefined ? {} : { state: query.state as AlertRow['state'] }),
        ...(query.customer === undefined ? {} : { customer: query.customer }),
      }
      const mine = ownOnly(caller) ? addressesOf(caller) : null
      const page = pageOf(records, alerts, query, mine === null ? where : { ...where, to: { in: mine } })
      const passedOn =
        mine === null ? [] : records.list(alerts, { where: { ...where, escalatedTo: { in: mine } }, orderBy: [['id', 'desc']], limit: 200 })
      const known = new Set(page.items.map((alert) => alert.id))
      const extra = query.cursor === undefined ? passedOn.filter((alert) => !known.has(alert.id)) : []
      return { body: { items: [...extra, ...page.items].map((alert) => alertView(alert, caller, sight(caller))), next: page.next } }
    },
  },
  {
    method: 'POST',
    path: '/alerts/:id/acknowledge',
    permission: 'alerts.read',
    summary: 'Acknowledge an alert; the step that waits for it goes on',
    handle: async ({ params, caller }, host) => {
      const done = await host.command<AlertRow>('alerts.acknowledge', { alert: params.id, by: personOf(caller) }, caller)
      return { body: alertView(done, caller, host.sight(caller)) }
    },
  },
  {
    method: 'GET',
    path: '/messages',
    permission: 'messages.read',
    summary:
      'Messages to customers and how each ended; a rep sees those to their own customers, so that a page may hold fewer than asked for',
    query: Type.Object({ ...paging, customer: Type.Optional(Type.String()), state: Type.Optional(Type.String()) }, closed),
    handle: ({ query, caller }, { records, sight }) => {
      const where = {
        ...(query.customer === undefined ? {} : { customer: query.customer }),
        ...(query.state === undefined ? {} : { state: query.state as MessageRow['state'] }),
      }
      const page = pageOf(records, messages, query, where)
      const its = sight(caller)
      const items = page.items.filter(({ customer }) => its.knows(customer)).map((message) => messageView(message, its))
      return { body: { items, next: page.next } }
    },
  },
  {
    method: 'GET',
    path: '/settings/channels',
    permission: 'settings.read',
    summary: 'Connected channels; secrets appear by name only',
    pagedBy: 'channel',
    handle: (_request, { records }) => ({ body: { items: records.list(channels, { orderBy: [['channel', 'asc']] }) } }),
  },
  {
    method: 'PUT',
    path: '/settings/channels/:channel',
    permission: 'settings.write',
    summary: 'Connect a channel to a webhook signed by Standard Webhooks; “rep-alerts” carries alerts',
    body: Type.Object(
      { url: Type.String({ maxLength: 2_000 }), secret: Type.Optional(Type.Union([Type.String({ maxLength: 100 }), Type.Null()])) },
      closed,
    ),
    handle: async ({ params, body, caller }, host) => {
      const { url, secret } = body as { readonly url: string; readonly secret?: string | null }
      return { body: await host.command('notify.connect', { channel: params.channel, url, secret: secret ?? null }, caller) }
    },
  },
  {
    method: 'DELETE',
    path: '/settings/channels/:channel',
    permission: 'settings.write',
    summary: 'Disconnect a channel',
    handle: async ({ params, caller }, host) => {
      await host.command('notify.disconnect', { channel: params.channel }, caller)
      return { status: 204 }
    },
  },
]

/** A rep sees what is addressed to them; whoever may look at all runs sees all alerts. */
function ownOnly(caller: Caller): boolean {
  return !caller.may('runs.read') || knowsOwnOnly(caller)
}

function addressesOf({ actor, rep, roles }: Caller): readonly string[] {
  return [`user:${actor.id}`, ...(rep === null ? [] : [`rep:${rep}`]), ...roles.map((role) => `role:${role}`)]
}

function alertView(alert: AlertRow, caller: Caller, sight: Sight) {
  const { token, titles, texts, ...rest } = alert
  const person = personOf(caller)
  const lens = sight.on(alert.customer, [], isAddressed(alert.to, person) || isAddressed(alert.escalatedTo ?? '', person))
  return {
    ...rest,
    title: lens.text(alert.title),
    text: lens.text(alert.text),
    titles: titles == null ? null : eachLanguage(titles, lens.text),
    texts: texts == null ? null : eachLanguage(texts, lens.text),
    createdAt: iso(alert.createdAt),
    dueAt: iso(alert.dueAt),
    escalatedAt: iso(alert.escalatedAt),
    acknowledgedAt: iso(alert.acknowledgedAt),
    mayAcknowledge: alert.state === 'open' && mayAcknowledge(alert, person),
  }
}

function messageView(message: MessageRow, sight: Sight) {
  const { token, ...rest } = message
  const text = sight.on(message.customer, []).text(message.text)
  return { ...rest, text, createdAt: iso(message.createdAt), sendAt: iso(message.sendAt), settledAt: iso(message.settledAt) }
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
