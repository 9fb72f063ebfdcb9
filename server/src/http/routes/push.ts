import { type Static, Type } from 'typebox'
import { pushSubscriptions } from '../../commands/push-tables.ts'
import { ruleFor } from '../../dispatch/allow-list.ts'
import type { Door } from '../../door.ts'
import { findKeys } from '../../push/keys.ts'
import { knownServices, pushLimits } from '../../push/limits.ts'
import { type PushSettings, pushHosts, pushSettings } from '../../push/settings.ts'
import { refuse } from '../errors/refusal.ts'
import { instant } from '../page.ts'
import type { ServerRoute } from '../route.ts'

/** A point of the curve in 65 bytes, and 16 bytes of chance, as browsers write them. */
const Subscription = Type.Object(
  {
    endpoint: Type.String({ minLength: 10, maxLength: pushLimits.endpointCharsMax, pattern: '^https?://' }),
    expirationTime: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
    keys: Type.Object(
      { p256dh: Type.String({ pattern: '^B[A-Za-z0-9_-]{86}=?$' }), auth: Type.String({ pattern: '^[A-Za-z0-9_-]{22}={0,2}$' }) },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)

const host = Type.String({ maxLength: pushLimits.hostCharsMax, pattern: '^(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+(:[0-9]{1,5})?$' })
const contact = Type.String({ maxLength: 200, pattern: '^[^\\s@<>"]+@[^\\s@<>"]+\\.[^\\s@<>".]+$' })
const Settings = Type.Union([
  Type.Object(
    { on: Type.Literal(true), hosts: Type.Array(host, { minItems: 1, maxItems: pushLimits.hostsMax, uniqueItems: true }), contact },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      on: Type.Literal(false),
      hosts: Type.Optional(Type.Array(host, { minItems: 1, maxItems: pushLimits.hostsMax, uniqueItems: true })),
      contact: Type.Optional(Type.Union([contact, Type.Null()])),
    },
    { additionalProperties: false },
  ),
])

/** Being told on one's own devices that a task waits (Web Push). Addresses and keys of browsers never leave again. */
export function pushRoutes(door: Door): readonly ServerRoute[] {
  const { records } = door.engine.reader
  const mine = (person: string) =>
    records
      .list(pushSubscriptions, { where: { person }, orderBy: [['createdAt', 'asc']] })
      .map(({ id, createdAt }) => ({ id, createdAt: instant(createdAt) }))
  return [
    {
      method: 'GET',
      url: '/api/v1/push',
      summary: 'Whether people can be told on their devices, the key a browser subscribes with, and one’s own devices',
      tag: 'people',
      handle({ caller }) {
        const { on } = pushSettings(records)
        return {
          body: { on, key: findKeys(door)?.publicKey ?? null, devices: mine(caller.actor.id), devicesMax: pushLimits.devicesPerPersonMax },
        }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/push/subscriptions',
      summary: 'This browser is told when a task waits for its person; the same browser again is no second device',
      tag: 'people',
      body: Subscription,
      remembersAnswers: false,
      async handle({ body, caller }, host) {
        const { endpoint, keys } = body as Static<typeof Subscription>
        if (caller.actor.kind !== 'user') throw refuse('SLU_PUSH_PERSON')
        const set = pushSettings(records)
        if (!set.on) throw refuse('SLU_PUSH_OFF')
        assertService(endpoint, set)
        const sealed = door.keyring.seal(JSON.stringify({ endpoint, keys }))
        const made = await host.command('push.subscribe', { id: door.keyring.digest(endpoint), sealed }, caller)
        return { status: 201, body: made }
      },
    },
    {
      method: 'DELETE',
      url: '/api/v1/push/subscriptions/:id',
      summary: 'One of one’s own devices is told no more',
      tag: 'people',
      async handle({ params: { id = '' }, caller }, host) {
        await host.command('push.forget', { id, person: caller.actor.id }, caller)
        return { status: 204 }
      },
    },
    {
      method: 'GET',
      url: '/api/v1/settings/push',
      summary: 'Whether notices go to people’s devices, and to which push services',
      tag: 'system',
      handle: () => ({ body: { ...pushSettings(records), known: knownServices, devices: records.count(pushSubscriptions) } }),
    },
    {
      method: 'PUT',
      url: '/api/v1/settings/push',
      summary: 'Switches notices on devices on or off; off forgets every device',
      tag: 'system',
      body: Settings,
      async handle({ body, caller }, host) {
        const value: PushSettings = { ...pushSettings(records), ...(body as Static<typeof Settings>) }
        await host.command('push.set', value, caller)
        return { body: value }
      },
    },
  ]

  /** By https, to a service on the list; a private one may be had without. */
  function assertService(endpoint: string, set: PushSettings): void {
    const url = URL.canParse(endpoint) ? new URL(endpoint) : null
    const rule = url === null ? null : ruleFor(pushHosts(set, door.config), url)
    if (url === null || rule === null || (url.protocol !== 'https:' && !rule.private) || url.username !== '' || url.password !== '')
      throw refuse('SLU_PUSH_HOST', { values: { host: (url?.host ?? '').slice(0, 100) } })
  }
}
