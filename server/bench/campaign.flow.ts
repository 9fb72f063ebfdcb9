import type { FlowDefinition } from '@sluice/flows'

/** A message for tomorrow: the live run that each withdrawal has to find and end. */
export const campaign: FlowDefinition = {
  format: 'sluice/flow@1',
  key: 'bench-campaign',
  name: { en: 'Benchmark: a message for tomorrow', 'zh-CN': '基准测试：明日消息' },
  nodes: [
    { id: 'planned', type: 'core.event', config: { type: 'campaign.planned' } },
    {
      id: 'write',
      type: 'notify.customer',
      config: {
        customer: '{% event.subject %}',
        channel: 'sms',
        purpose: 'recommendation',
        scene: 'quote_push',
        text: 'New offers',
        sendAt: '{% event.data.sendAt %}',
      },
    },
  ],
  edges: [{ from: 'planned.out', to: 'write.in' }],
  groups: [],
  notes: [],
  settings: { timeout: 'P7D', onError: 'incident' },
  parameters: {},
}
