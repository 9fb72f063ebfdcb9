import type { FlowDefinition } from '@sluice/flows'
import { template } from '@sluice/flows/templates'
import type { Client } from './client.ts'

/** A campaign that writes tomorrow: what is queued when the customers withdraw. */
const campaign: FlowDefinition = {
  format: 'sluice/flow@1',
  key: 'example-campaign',
  name: { en: 'Campaign for tomorrow', 'zh-CN': '明日营销' },
  nodes: [
    { id: 'planned', type: 'core.event', config: { type: 'campaign.planned' }, at: [0, 0] },
    {
      id: 'write',
      type: 'notify.customer',
      config: {
        customer: '{% event.subject %}',
        channel: 'sms',
        purpose: 'recommendation',
        scene: 'quote_push',
        text: '新车报价已更新 · New offers for the {{ event.data.model }}',
        sendAt: '{% event.data.sendAt %}',
      },
      at: [260, 0],
    },
  ],
  edges: [{ from: 'planned.out', to: 'write.in' }],
  groups: [],
  notes: [],
  settings: { timeout: 'P7D', onError: 'incident' },
  parameters: {},
}

/** Saves and publishes what the story needs, unless the workspace runs it already. */
export async function publishFlows(client: Client): Promise<void> {
  for (const flow of [template('consent-withdrawn'), campaign]) {
    const status = await client.get<{ active: number | null }>(`/flows/${flow.key}/status`).catch(() => null)
    if (status !== null && status.active !== null) continue
    await client.send('PUT', `/flows/${flow.key}`, flow)
    await client.send('POST', `/flows/${flow.key}/publish`, { note: 'examples/consent-withdrawal' })
  }
}
