import { definePack } from '@sluice/sdk'
import { errors } from './errors.ts'
import { generate } from './nodes/generate.ts'
import { strategy } from './nodes/strategy.ts'

export { type Signal, signals } from './domain/facts.ts'
export { type Origin, rulesLabel, type StrategyDraft } from './domain/strategist.ts'

/** Strategies from consented facts: by a connected model, or by the built-in rules that say so. */
export const aiPack = definePack({
  id: 'ai',
  label: { en: 'AI', 'zh-CN': '智能' },
  requires: ['consent', 'crm', 'masking'],
  nodes: [strategy, generate],
  errors,
})
