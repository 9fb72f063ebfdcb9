import { defineNode, help, options, ui, words } from '@sluice/sdk'
import { Type } from 'typebox'

const respondLabels = {
  accepted: words('At once: 202', '立即返回 202'),
  'run-end': words('With the run’s output', '返回运行结果'),
}

/** Starts a run for each signed call of its own address. */
export const webhook = defineNode({
  type: 'core.webhook',
  version: 1,
  label: words('Webhook', 'Webhook 回调'),
  summary: words('Starts when another system calls this flow’s address.', '其他系统调用本流程地址时启动。'),
  keywords: ['http', 'callback', 'api', 'hook', '接口', '回调', '推送'],
  category: 'trigger',
  silhouette: 'trigger',
  icon: 'webhook',
  config: Type.Object(
    {
      secret: Type.Optional(
        Type.String({
          ...ui('connection', 'Signing secret', '签名密钥'),
          ...help('Name of the secret that signs the calls (Standard Webhooks)', '用于签名的密钥名称(Standard Webhooks)'),
          maxLength: 100,
        }),
      ),
      respond: Type.Optional(
        Type.Union([Type.Literal('accepted'), Type.Literal('run-end'), Type.Boolean()], {
          // `true` is the short way to write `run-end` in a file.
          ...ui('select', 'Answer', '响应方式'),
          ...options(respondLabels),
          default: 'accepted',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  input: false,
  ports: [{ name: 'out', label: words('Call', '调用') }],
  effect: 'none',
  behaviour: 'trigger',
  labels: { origin: 'outside' },
  sentence: (config, language) => {
    const answers = answersWithOutput(config.respond)
    if (language === 'en') return answers ? 'When called; answers with the output' : 'When called'
    return answers ? '被调用时，并返回运行结果' : '被调用时'
  },
  // Started by its own route (command core.webhook.receive), never by a free event: only the address proves who may.
  trigger: { eventTypes: () => [], matches: () => false },
})

export function answersWithOutput(respond: unknown): boolean {
  return respond === 'run-end' || respond === true
}
