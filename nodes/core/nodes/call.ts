import { defineNode, help, shown, ui, words } from '@sluice/sdk'
import { Type } from 'typebox'

export const CallConfig = Type.Object(
  {
    flow: Type.String({ ...ui('flow', 'Flow', '流程'), minLength: 1, maxLength: 64 }),
    input: Type.Optional(Type.Any({ ...ui('value', 'Input', '输入'), ...help('Empty: what came in here', '留空则使用本步骤的输入') })),
    wait: Type.Optional(Type.Boolean({ ...ui('switch', 'Wait for its end', '等待其结束'), default: true })),
  },
  { additionalProperties: false },
)

/** Starts another flow, and waits for its output unless told not to. */
export const call = defineNode({
  type: 'core.call',
  version: 1,
  label: words('Call flow', '调用流程'),
  summary: words('Runs another flow and goes on with its output.', '运行另一个流程，并使用其结果继续。'),
  keywords: ['subflow', 'sub process', 'reuse', 'start flow', '子流程', '复用', '启动流程'],
  category: 'flow',
  silhouette: 'action',
  icon: 'workflow',
  config: CallConfig,
  ports: [{ name: 'out', label: words('Output', '结果') }],
  effect: 'internal',
  labels: { calls: ({ flow }) => (typeof flow === 'string' ? flow : null), waits: ({ wait }) => wait !== false },
  sentence: (config, language) => {
    const later = config.wait === false
    if (language === 'en') return later ? `Starts ${shown(config.flow)}` : `Runs ${shown(config.flow)} and waits`
    return later ? `启动 ${shown(config.flow)}` : `运行 ${shown(config.flow)} 并等待`
  },
})
