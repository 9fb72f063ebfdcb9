import { act, failure, hasRealDay, type NodeOutcome, type StepContext, type Use, words } from '@sluice/sdk'
import type { Static } from 'typebox'
import { type MessageRow, messages } from '../domain/tables.ts'
import type { CustomerConfig } from '../nodes/customer.ts'
import { languageOf } from './crm.ts'

/** Queues the message and orders its sending in one transaction. Whether it may leave is asked when it is due, not now. */
export function messageCustomer(context: StepContext<Static<typeof CustomerConfig>>): NodeOutcome {
  const { config, now } = context
  const sendAt = config.sendAt === undefined ? now : hasRealDay(config.sendAt) ? Date.parse(config.sendAt) : Number.NaN
  if (Number.isNaN(sendAt))
    return failure('SLU_MESSAGE_TIME', words('The time to send is no ISO 8601 instant.', '发送时间不是 ISO 8601 时刻。'))
  const message = queue(context, Math.max(sendAt, now))
  return act({ message: message.id, customer: message.customer, channel: message.channel, text: message.text }, useOf(message), {
    refusedPort: 'blocked',
    onResult: 'messages.settle',
    ...(sendAt > now ? { notBefore: sendAt } : {}),
  })
}

/** One row per step of a run, however often it is tried. */
function queue(context: StepContext<Static<typeof CustomerConfig>>, sendAt: number): MessageRow {
  const { config, run, node, token, now } = context
  const [earlier] = context.records.list(messages, { where: { run: run.id, token }, limit: 1 })
  const message: MessageRow = {
    id: earlier?.id ?? context.newId(),
    customer: config.customer,
    channel: config.channel,
    text: typeof config.text === 'string' ? config.text : config.text[languageOf(context, config.customer)],
    purpose: config.purpose,
    scene: config.scene,
    session: config.session ?? null,
    run: run.id,
    node,
    token,
    state: 'queued',
    createdAt: earlier?.createdAt ?? now,
    sendAt,
    settledAt: null,
    reason: null,
    providerRef: null,
  }
  context.records.upsert(messages, message)
  context.notify('messages', { message: message.id, customer: message.customer, state: 'queued' })
  return message
}

function useOf({ customer, purpose, scene, session, channel }: MessageRow): Use {
  return { subject: customer, purpose, scene, session, effectKind: 'message', channel }
}
