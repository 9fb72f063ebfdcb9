import { defineNode, words } from '@sluice/sdk'
import { type Static, Type } from 'typebox'
import { isPurpose, isScene, purposeField, purposeLabels, sceneField, sceneLabels } from '../../consent/index.ts'
import { customerField } from './fields.ts'

export const GetCustomerConfig = Type.Object(
  { customer: customerField, purpose: purposeField, scene: sceneField },
  { additionalProperties: false },
)
export type GetCustomerConfig = Static<typeof GetCustomerConfig>

export const getCustomer = defineNode({
  type: 'crm.get-customer',
  version: 1,
  label: words('Read customer', '读取客户'),
  summary: words(
    'Reads the customer as this purpose and scene may see them; anything else arrives masked.',
    '按该用途和场景可见的范围读取客户资料，其余内容以遮蔽形式返回。',
  ),
  keywords: ['load', 'lookup', 'profile', 'record', '查询', '资料', '画像'],
  category: 'crm',
  silhouette: 'action',
  icon: 'user-search',
  config: GetCustomerConfig,
  ports: [
    { name: 'out', label: words('Found', '已找到') },
    { name: 'missing', label: words('No such customer', '无此客户') },
  ],
  effect: 'internal',
  labels: {
    reads: ['customer'],
    gives: 'new',
    use: ({ purpose, scene }) => (isPurpose(purpose) && isScene(scene) ? { purpose, scene } : null),
  },
  sentence: ({ purpose, scene }, language) => {
    if (!isPurpose(purpose) || !isScene(scene)) return language === 'en' ? 'Choose a purpose and a scene' : '请选择用途和场景'
    return language === 'en'
      ? `As ${sceneLabels[scene].en} may see them (${purposeLabels[purpose].en})`
      : `按${sceneLabels[scene]['zh-CN']}可见范围（${purposeLabels[purpose]['zh-CN']}）`
  },
})
