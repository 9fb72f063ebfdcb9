import { defineNode, help, shown, ui, words } from '@sluice/sdk'
import { Type } from 'typebox'
import { purposeField, sceneField } from '../../consent/index.ts'
import { customerField } from './fields.ts'

export const GenerateConfig = Type.Object(
  {
    prompt: Type.String({ ...ui('template', 'Prompt', '提示词'), format: 'template', minLength: 1, maxLength: 20_000 }),
    input: Type.Optional(
      Type.Any({
        ...ui('value', 'Data for the model', '提供给模型的数据'),
        ...help('Sent as data, never as instructions.', '仅作为数据发送，不会被当作指令。'),
      }),
    ),
    schema: Type.Optional(
      Type.Record(Type.String(), Type.Any(), {
        ...ui('json', 'Shape of the answer', '答案的结构'),
        ...help(
          'JSON Schema; an answer that does not fit is asked for once more, then refused.',
          'JSON Schema；不符合的答案会重新请求一次，仍不符合则拒绝。',
        ),
      }),
    ),
    purpose: purposeField,
    scene: sceneField,
    customer: Type.Optional(customerField),
  },
  { additionalProperties: false },
)

/** Asks the connected model. Consent is checked when the request leaves, and again before the answer is used. */
export const generate = defineNode({
  type: 'ai.generate',
  version: 1,
  label: words('Ask the model', '询问模型'),
  summary: words(
    'Sends a prompt to the connected model, if the customer allows it, and goes on with the answer.',
    '在客户授权的前提下向已连接的模型提问，并使用其答案继续。',
  ),
  keywords: ['LLM', 'GPT', 'prompt', 'text', 'AI', '大模型', '生成', '提示词', '文案'],
  category: 'ai',
  silhouette: 'ai',
  icon: 'brain-circuit',
  config: GenerateConfig,
  ports: [
    { name: 'out', label: words('Answer', '答案') },
    { name: 'denied', label: words('Not allowed', '未获授权') },
  ],
  output: ({ schema }, port) => (port === 'out' && typeof schema === 'object' && schema !== null ? schema : undefined),
  effect: 'idempotent',
  labels: {
    origin: 'model',
    gives: 'config',
    reaches: 'model',
    sends: ['prompt', 'input'],
    use: ({ purpose, scene }) => (typeof purpose === 'string' && typeof scene === 'string' ? { purpose, scene } : null),
  },
  sentence: (config) => shown(config.prompt),
})
