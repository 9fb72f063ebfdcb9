import { defineNode, help, isExpression, shown, ui, words } from '@sluice/sdk'
import { type Static, Type } from 'typebox'
import { customerField } from './fields.ts'

export const ApplyDiscountConfig = Type.Object(
  {
    customer: customerField,
    amount: Type.Integer({
      ...ui('money', 'Amount', '金额'),
      ...help('An expression gives minor units: 12345 is 123.45.', '表达式以最小货币单位计：12345 即 123.45。'),
      minimum: 1,
      maximum: 9_007_199_254_740_991,
    }),
    currency: Type.String({ ...ui('text', 'Currency', '币种'), pattern: '^[A-Z]{3}$', default: 'CNY' }),
    receipt: Type.Unknown({
      ...ui('expression', 'Approval receipt', '批准回执'),
      ...help('The receipt of the Human veto in front.', '取自前面“人工否决”的回执。'),
      format: 'expression',
    }),
  },
  { additionalProperties: false },
)
export type ApplyDiscountConfig = Static<typeof ApplyDiscountConfig>

/** A money sink: without a person's approval of exactly this amount for this customer it does nothing. */
export const applyDiscount = defineNode({
  type: 'crm.apply-discount',
  version: 1,
  label: words('Apply discount', '执行优惠'),
  summary: words(
    'Books a discount that a person approved for exactly this amount and customer.',
    '仅执行已由人批准的、针对该客户的该笔准确金额的优惠。',
  ),
  keywords: ['money', 'price', 'rebate', 'pay', '优惠', '折扣', '让价', '资金'],
  category: 'crm',
  silhouette: 'money',
  icon: 'badge-percent',
  config: ApplyDiscountConfig,
  ports: [{ name: 'out', label: words('Applied', '已执行') }],
  effect: 'internal',
  labels: { money: true, guards: ['receipt', 'amount'], writes: ['money'] },
  sentence: (config, language) => {
    if (isExpression(config.amount)) return language === 'en' ? 'Books exactly the amount that was approved' : '按批准的金额执行优惠'
    const amount = `${shown(config.amount)} ${shown(config.currency, '')}`.trim()
    return language === 'en' ? `Books ${amount} off` : `优惠 ${amount}`
  },
})
