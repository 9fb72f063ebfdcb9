import { defineNode, shown, ui, words } from '@sluice/sdk'
import { type Static, Type } from 'typebox'
import { customerField } from './fields.ts'

export const UpdateCustomerConfig = Type.Object(
  {
    customer: customerField,
    fields: Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { ...ui('mapping', 'New values', '新值'), maxProperties: 64 }),
  },
  { additionalProperties: false },
)
export type UpdateCustomerConfig = Static<typeof UpdateCustomerConfig>

export const updateCustomer = defineNode({
  type: 'crm.update-customer',
  version: 1,
  label: words('Update customer', '更新客户'),
  summary: words('Writes values into the customer record; a frozen field refuses.', '写入客户资料；已冻结的字段会拒绝写入。'),
  keywords: ['write', 'field', 'record', 'save', '写入', '字段', '资料', '保存'],
  category: 'crm',
  silhouette: 'action',
  icon: 'user-pen',
  config: UpdateCustomerConfig,
  ports: [{ name: 'out', label: words('Updated', '已更新') }],
  effect: 'internal',
  labels: { gives: 'new', writes: ['customer'] },
  sentence: (config, language) => {
    const names = Object.keys((config.fields as object | undefined) ?? {})
    const list = names.length === 0 ? '…' : shown(names)
    return language === 'en' ? `Sets ${list}` : `设置 ${list}`
  },
})
