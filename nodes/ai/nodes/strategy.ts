import { defineNode, optionName, words } from '@sluice/sdk'
import { Type } from 'typebox'
import { customerField, promptField, signalField, signalLabels } from './fields.ts'

export const StrategyConfig = Type.Object(
  { customer: Type.Optional(customerField), prompt: Type.Optional(promptField), signal: Type.Optional(signalField) },
  { additionalProperties: false },
)

/** Plans the next steps with one customer, from what that customer still allows. */
export const strategy = defineNode({
  type: 'ai.strategy',
  version: 1,
  label: words('Regenerate strategy', '重新生成策略'),
  summary: words(
    'Plans what to do next with this customer, using only data the customer still allows. The former strategy is retired.',
    '仅使用客户仍然授权的数据，规划下一步动作；旧策略随即作废。',
  ),
  keywords: ['plan', 'next best action', 'AI', 'play', '策略', '计划', '方案', '智能', '话术'],
  category: 'ai',
  silhouette: 'ai',
  icon: 'sparkles',
  config: StrategyConfig,
  ports: [
    { name: 'out', label: words('Strategy', '策略') },
    { name: 'denied', label: words('Not allowed', '未获授权') },
  ],
  effect: 'idempotent',
  labels: { reads: ['customer'], writes: ['strategy'], origin: 'model', gives: 'config', reaches: 'model', gated: true, protects: 'plan' },
  sentence: (config, language) => {
    const occasion = config.signal === undefined ? null : optionName(signalLabels, config.signal, language)
    if (language === 'en') return occasion === null ? 'From what is still allowed' : `For: ${occasion}`
    return occasion === null ? '仅基于仍被授权的数据' : `时机：${occasion}`
  },
})
