import type { FlowDefinition, FlowNode, Json } from '@sluice/flows'
import { answersWithOutput } from '@sluice/nodes/core'
import { Webhook } from 'standardwebhooks'
import { Type } from 'typebox'
import { makeCaller } from '../../auth/caller.ts'
import { newHookSecret } from '../../auth/secret-text.ts'
import { hookSecrets, versions } from '../../commands/tables.ts'
import type { Door } from '../../door.ts'
import { hookNodes, namedSecret } from '../../flows/hook-nodes.ts'
import { refuse } from '../errors/refusal.ts'
import { parseJson } from '../json-body.ts'
import { httpLimits } from '../limits.ts'
import { mediaType } from '../mount.ts'
import { instant } from '../page.ts'
import type { ServerRequest, ServerRoute } from '../route.ts'
import { utf8 } from '../utf8.ts'
import { waitForRun } from '../wait-for-run.ts'

/** Headers a flow may see of a call; the rest is transport or secret. */
const shownHeaders = /^(content-type|user-agent|webhook-id|webhook-timestamp|x-[a-z0-9-]{1,60})$/
const contentTypes = [
  'application/json',
  'application/cloudevents+json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/xml',
  'text/xml',
]

/** Webhook triggers, signed as Standard Webhooks says: id, time and body under one HMAC, five minutes of clock difference. */
export function hookRoutes(door: Door): readonly ServerRoute[] {
  const { records } = door.engine.reader
  return [
    {
      method: 'POST',
      url: '/api/v1/hooks/:flow/:node',
      summary: 'Starts the flow by its webhook trigger; signed (Standard Webhooks); the same webhook-id again starts nothing',
      tag: 'events',
      rawContentTypes: contentTypes,
      remembersAnswers: false,
      async handle(request, host) {
        const { flow = '', node = '' } = request.params
        const trigger = findTrigger(door, flow, node)
        if (trigger === null) throw refuse('SLU_WEBHOOK_ADDRESS')
        const raw = request.rawBody ?? new Uint8Array()
        assertSigned(request, secretsOf(door, flow, trigger), raw)
        const caller = makeCaller({ actor: { kind: 'system', id: `hook:${flow}/${node}` }, name: '', roles: [], rep: null })
        const call = {
          flow,
          node,
          id: request.headers['webhook-id'] ?? '',
          headers: shown(request.headers),
          query: request.query,
          body: bodyOf(request, raw),
        }
        const { run, repeated } = await host.command<{ run: string; repeated: boolean }>('core.webhook.receive', call, caller)
        const waits = answersWithOutput(trigger.config?.respond) ? httpLimits.waitMsMax : 0
        const ended = waits === 0 ? null : await waitForRun(door, run, waits)
        if (ended?.status === 'succeeded') return { body: ended.output }
        return { status: repeated ? 200 : 202, body: { run } }
      },
    },
    {
      method: 'GET',
      url: '/api/v1/flows/:key/hooks',
      summary: 'Addresses and signing secrets of the flow’s webhooks',
      pagedBy: 'node',
      tag: 'flows',
      handle({ params: { key = '' } }) {
        const rows = records.list(hookSecrets, { where: { flow: key } })
        const items = rows.map(({ flow, node, sealed, previousUntil, createdAt }) => ({
          node,
          path: `/api/v1/hooks/${flow}/${node}`,
          secret: door.keyring.open(sealed),
          createdAt: instant(createdAt),
          previousUntil: previousUntil > door.now() ? instant(previousUntil) : null,
        }))
        return { body: { items } }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/flows/:key/hooks/:node/rotate',
      summary: 'A new signing secret; the old one works for another day',
      tag: 'flows',
      body: Type.Object({}, { additionalProperties: false }),
      bodyOptional: true,
      remembersAnswers: false,
      async handle({ params: { key = '', node = '' }, caller }, host) {
        const secret = newHookSecret()
        const payload = { flow: key, node, sealed: door.keyring.seal(secret) }
        const { previousUntil } = await host.command<{ previousUntil: number }>('hooks.rotate', payload, caller)
        return { body: { node, path: `/api/v1/hooks/${key}/${node}`, secret, previousUntil: instant(previousUntil) } }
      },
    },
  ]
}

function findTrigger(door: Door, flow: string, node: string): FlowNode | null {
  const [active] = door.engine.reader.records.list(versions, { where: { key: flow, active: true }, limit: 1 })
  if (active === undefined) return null
  return hookNodes(JSON.parse(active.file) as FlowDefinition).find(({ id }) => id === node) ?? null
}

function secretsOf({ engine, config, keyring, now }: Door, flow: string, node: FlowNode): readonly string[] {
  const name = namedSecret(node)
  if (name !== null) return [config.secrets.get(name) ?? ''].filter((secret) => secret !== '')
  const row = engine.reader.records.find(hookSecrets, { flow, node: node.id })
  if (row === null) return []
  const previous = row.previousSealed !== null && row.previousUntil > now() ? [keyring.open(row.previousSealed)] : []
  return [keyring.open(row.sealed), ...previous]
}

/** No secret, no signature or a wrong one: all the same answer, so that nobody learns which hooks exist half-made. */
function assertSigned({ headers }: ServerRequest, secrets: readonly string[], raw: Uint8Array): void {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = headers
  if (id === undefined || time === undefined || signature === undefined || id === '' || id.length > 200)
    throw refuse('SLU_WEBHOOK_SIGNATURE')
  const signed = { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature }
  if (!secrets.some((secret) => verifies(secret, raw, signed))) throw refuse('SLU_WEBHOOK_SIGNATURE')
}

function verifies(secret: string, raw: Uint8Array, headers: Record<string, string>): boolean {
  try {
    const webhook = secret.startsWith('whsec_') ? new Webhook(secret) : new Webhook(secret, { format: 'raw' })
    webhook.verify(Buffer.from(raw), headers, { jsonParse: false })
    return true
  } catch {
    return false
  }
}

function bodyOf({ headers, language }: ServerRequest, raw: Uint8Array): Json {
  const text = utf8(raw)
  const type = mediaType(headers['content-type'])
  if (text === '') return null
  return type === 'application/json' || type.endsWith('+json') ? parseJson(text, language) : text
}

function shown(headers: ServerRequest['headers']): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (shownHeaders.test(name) && typeof value === 'string' ? [[name, value]] : [])),
  )
}
