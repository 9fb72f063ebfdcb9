import type { FlowEvent, Json } from '@sluice/sdk'
import { problem, type WriteContext } from '@sluice/sdk/server'
import { deliveries } from './tables.ts'

/** A call whose signature the door has checked. */
export interface WebhookCall {
  readonly flow: string
  readonly node: string
  /** `webhook-id` of Standard Webhooks: the same for every repetition of one call. */
  readonly id: string
  readonly headers: { readonly [name: string]: string }
  readonly query: { readonly [name: string]: string }
  readonly body: Json
}

/** How long a repetition is recognised. Standard Webhooks senders give up within days. */
const rememberedMs = 7 * 86_400_000

/** Command `core.webhook.receive`: starts the run; the same call again gives the first run and starts none. */
export function receiveWebhook(context: WriteContext, call: WebhookCall): { readonly run: string; readonly repeated: boolean } {
  const { flow, node, id } = call
  const known = context.records.find(deliveries, { flow, node, id })
  if (known !== null) return { run: known.run, repeated: true }
  if (!context.runs.nodeTypes(flow).includes('core.webhook')) {
    throw problem('SLU_WEBHOOK_UNKNOWN', 404, `Flow ${flow} has no webhook in its active version`)
  }
  const run = context.runs.start(flow, node, { headers: call.headers, query: call.query, body: call.body }, eventOf(call, context.now))
  context.records.insert(deliveries, { flow, node, id, run, at: context.now })
  context.records.delete(deliveries, { at: { lt: context.now - rememberedMs } })
  return { run, repeated: false }
}

/** The call as an event, so that `event.data` is what was sent here as in every other flow. It starts this one flow and no other. */
function eventOf({ flow, node, id, body }: WebhookCall, now: number): FlowEvent {
  return { id, source: `/hooks/${flow}/${node}`, type: 'sluice.webhook', subject: null, time: new Date(now).toISOString(), data: body }
}
