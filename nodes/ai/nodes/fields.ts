import { help, options, ui } from '@sluice/sdk'
import { Type } from 'typebox'
import type { Signal } from '../domain/facts.ts'
import { signals } from '../domain/facts.ts'

export const signalLabels: { readonly [Name in Signal]: { readonly en: string; readonly 'zh-CN': string } } = {
  price_objection: { en: 'price objection', 'zh-CN': '价格异议' },
  competitor: { en: 'competitor mentioned', 'zh-CN': '提到竞品' },
  stalled: { en: 'talk has stalled', 'zh-CN': '商谈停滞' },
  no_reply: { en: 'no reply', 'zh-CN': '未回复' },
  churn_risk: { en: 'churn risk', 'zh-CN': '流失风险' },
  renewal: { en: 'renewal', 'zh-CN': '续约换购' },
  cross_sell: { en: 'cross-sell', 'zh-CN': '增购' },
  onboarding: { en: 'new customer', 'zh-CN': '新客户' },
  consent_withdrawn: { en: 'consent withdrawn', 'zh-CN': '授权撤回' },
}

export const customerField = Type.String({
  maxLength: 2_000,
  ...ui('customer', 'Customer', '客户'),
  ...help('Empty: the customer this run is about.', '留空：本次运行所涉客户。'),
})

export const promptField = Type.String({
  maxLength: 8_000,
  ...ui('prompt', 'Prompt', '提示词'),
  ...help('What the model is asked for; the rules need none.', '对模型的要求；规则生成无需填写。'),
})

export const signalField = Type.Union(
  signals.map((signal) => Type.Literal(signal)),
  { ...ui('select', 'Occasion', '时机'), ...options(signalLabels), ...help('Empty: read from the event.', '留空：根据事件判断。') },
)
