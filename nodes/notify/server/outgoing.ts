import { createHmac } from 'node:crypto'
import { failure, type JsonObject, type NodeOutcome, output, words } from '@sluice/sdk'
import type { EffectPermit, NobodyPermit, OutsideAct, OutsideHost, PersonPermit } from '@sluice/sdk/server'
import { alerts, type ChannelRow, channels } from '../domain/tables.ts'
import { alertChannel } from './raise.ts'

/** Sends a customer's message by its channel. Without a connected channel it goes nowhere, and the record says so. */
export async function sendMessage(order: OutsideAct<PersonPermit<'message'>>, host: OutsideHost): Promise<NodeOutcome> {
  const { message, customer, channel, text } = order.request
  const connected = host.records.find(channels, { channel: String(channel) })
  if (connected === null) return output({ message: message ?? null, channel: channel ?? null, delivery: 'recorded' })
  const answer = await post(host, order, connected, {
    type: 'sluice.message',
    message: message ?? null,
    customer: customer ?? null,
    channel: channel ?? null,
    text: text ?? null,
  })
  if ('failed' in answer) return answer.failed
  return output({ message: message ?? null, channel: channel ?? null, delivery: 'sent', providerRef: answer.ref })
}

/**
 * Tells the company's own messenger that there is an alert and for whom. Its words and the customer stay in the inbox: a messenger is a
 * third party, an alert has no use to ask consent for, and the alert about a withdrawal has to arrive when no grant is left.
 */
export async function sendAlert(order: OutsideAct<NobodyPermit>, host: OutsideHost): Promise<NodeOutcome> {
  const alert = host.records.find(alerts, { id: String(order.request.alert) })
  const connected = host.records.find(channels, { channel: alertChannel })
  if (alert === null || connected === null)
    return failure('SLU_CHANNEL_UNKNOWN', words('The alert or its channel is gone.', '该提醒或其通道已不存在。'))
  const answer = await post(host, order, connected, {
    type: 'sluice.alert',
    alert: alert.id,
    to: alert.to,
    kind: alert.kind,
    createdAt: new Date(alert.createdAt).toISOString(),
    dueAt: alert.dueAt === null ? null : new Date(alert.dueAt).toISOString(),
  })
  return 'failed' in answer ? answer.failed : output({ alert: alert.id, delivery: 'sent' })
}

type Posted = { readonly ref: string | null } | { readonly failed: NodeOutcome }

async function post(host: OutsideHost, order: OutsideAct, channel: ChannelRow, payload: JsonObject): Promise<Posted> {
  const { permit, idempotencyKey: id } = order
  const body = JSON.stringify(payload)
  const signed = signature(host, permit, channel, id, body)
  if (signed === null)
    return {
      failed: failure(
        'SLU_CHANNEL_SECRET',
        words(`The secret of channel ${channel.channel} is missing.`, `缺少通道 ${channel.channel} 的密钥。`),
      ),
    }
  const headers = { 'content-type': 'application/json', 'idempotency-key': id, ...signed }
  const answer = await host.fetch(permit, channel.url, { method: 'POST', headers, body }).catch(unreachable)
  if (answer === null)
    return { failed: failure('SLU_CHANNEL_REFUSED', words('The channel could not be reached.', '无法连接该通道。'), false) }
  if (answer.status >= 300) {
    const hopeless = answer.status < 500 && ![408, 425, 429].includes(answer.status)
    return {
      failed: failure('SLU_CHANNEL_REFUSED', words(`The channel answered ${answer.status}.`, `通道返回 ${answer.status}。`), hopeless),
    }
  }
  return { ref: answer.headers['x-message-id'] ?? null }
}

/** A refusal of the address guard keeps its own code; any other error means that nobody answered. */
function unreachable(error: unknown): null {
  if (typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('SLU_')) throw error
  return null
}

/** Standard Webhooks: HMAC-SHA-256 over id, time and body. Null when the channel names a secret that does not exist. */
function signature(
  host: OutsideHost,
  permit: EffectPermit,
  channel: ChannelRow,
  id: string,
  body: string,
): { readonly [name: string]: string } | null {
  const timestamp = String(Math.floor(host.now() / 1_000))
  const names = { 'webhook-id': id, 'webhook-timestamp': timestamp }
  if (channel.secret === null) return names
  const secret = host.secret(permit, channel.secret)
  if (secret === null) return null
  return { ...names, 'webhook-signature': `v1,${sign(secret, `${id}.${timestamp}.${body}`)}` }
}

function sign(secret: string, text: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8')
  return createHmac('sha256', key).update(text).digest('base64')
}
