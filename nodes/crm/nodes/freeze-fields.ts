import { defineNode, shown, words } from '@sluice/sdk'
import { type Static, Type } from 'typebox'
import { customerField, fieldNames } from './fields.ts'

export const FreezeFieldsConfig = Type.Object({ customer: customerField, fields: fieldNames }, { additionalProperties: false })
export type FreezeFieldsConfig = Static<typeof FreezeFieldsConfig>

export const freezeFields = defineNode({
  type: 'crm.freeze-fields',
  version: 1,
  label: words('Freeze fields', '冻结字段'),
  summary: words(
    'Hides these fields from everyone until the customer agrees again, and reads them back to prove it.',
    '对所有人隐藏这些字段，直到客户重新授权，并回读核实。',
  ),
  keywords: ['lock', 'restrict', 'withdraw', 'hide', '冻结', '限制处理', '隐藏', '锁定'],
  category: 'crm',
  silhouette: 'consent',
  icon: 'snowflake',
  config: FreezeFieldsConfig,
  ports: [{ name: 'out', label: words('Frozen', '已冻结') }],
  effect: 'internal',
  labels: { gives: 'new', origin: 'system', protects: 'freeze' },
  sentence: (config, language) => (language === 'en' ? `Freezes ${shown(config.fields)}` : `冻结 ${shown(config.fields)}`),
})
