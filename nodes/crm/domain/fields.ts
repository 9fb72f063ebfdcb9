import type { Text } from '@sluice/sdk'
import {
  block,
  type CategoryCode,
  dataCategories,
  isCategory,
  type Mask,
  type Purpose,
  purposes,
  type Scene,
  scenes,
} from '../../consent/index.ts'

export type Pii = 'none' | 'basic' | 'sensitive'
export type FieldType = 'text' | 'number' | 'date' | 'boolean'

/** What a customer field is: which kind of data, and for which uses it may be read at all. */
export interface FieldDefinition {
  readonly name: string
  readonly label: Text
  readonly type: FieldType
  /** Null: nobody has said what it is, so no flow may read it. */
  readonly category: CategoryCode | null
  readonly pii: Pii
  readonly purposes: readonly Purpose[]
  readonly scenes: readonly Scene[]
}

const field = (
  name: string,
  en: string,
  zh: string,
  category: CategoryCode,
  use: { readonly purposes?: readonly Purpose[]; readonly scenes?: readonly Scene[]; readonly type?: FieldType; readonly pii?: Pii },
): FieldDefinition => ({
  name,
  label: { en, 'zh-CN': zh },
  type: use.type ?? 'text',
  category,
  pii: use.pii ?? (dataCategories[category].sensitive ? 'sensitive' : 'basic'),
  purposes: use.purposes ?? ['recommendation'],
  scenes: use.scenes ?? scenes,
})

const selling: readonly Scene[] = ['test_drive', 'quote_push', 'competitor_compare', 'event_invite']
const contact: readonly Purpose[] = ['recommendation', 'service_delivery']

/** The fields a dealership starts with; a workspace adds its own. */
export const shippedFields: readonly FieldDefinition[] = [
  field('mobile', 'Mobile', '手机号', 'contact.mobile', { purposes: contact }),
  field('email', 'E-mail', '邮箱', 'contact.email', { purposes: contact }),
  field('wechat', 'WeChat OpenID', '微信 OpenID', 'contact.wechat', { purposes: contact }),
  field('address', 'Address', '地址', 'contact.address', { purposes: contact, scenes: ['test_drive', 'aftersales_care', 'event_invite'] }),
  field('city', 'City', '城市', 'identity.profile', { purposes: contact }),
  field('model', 'Model of interest', '意向车型', 'vehicle.interest', { scenes: selling }),
  field('current_car', 'Current car', '现有车辆', 'vehicle.interest', { scenes: [...selling, 'aftersales_care'] }),
  field('plate', 'Number plate', '车牌号', 'vehicle.plate', { purposes: ['service_delivery'], scenes: ['aftersales_care', 'test_drive'] }),
  field('budget', 'Budget', '预算', 'finance.budget', { scenes: ['quote_push'], type: 'number' }),
  field('income', 'Yearly income', '年收入', 'finance.income', {
    purposes: ['recommendation', 'risk_modelling'],
    scenes: ['finance_plan'],
    type: 'number',
  }),
  field('competitor', 'Also looking at', '对比车型', 'vehicle.interest', { scenes: ['competitor_compare'] }),
  field('last_visit', 'Last visit', '最近到店', 'behaviour.visits', { scenes: [...selling, 'aftersales_care'], type: 'date' }),
  field('community_level', 'Community level', '社群等级', 'behaviour.community', { scenes: ['community', 'event_invite'] }),
  field('id_number', 'Identity number', '证件号码', 'identity.document', { purposes: ['risk_modelling'], scenes: ['finance_plan'] }),
]

/** What nobody described is treated as personal data of every use: nothing reads it, and it freezes with the last grant. */
export function undescribed(name: string): FieldDefinition {
  return { name, label: name, type: 'text', category: null, pii: 'basic', purposes, scenes }
}

/** The cells under which this field may be used. */
export function fieldMask(field: FieldDefinition): Mask {
  return block({ purposes: field.purposes, scenes: field.scenes })
}

/** What a withdrawal freezes: personal fields of a withdrawn kind, and those that no grant is left for. */
export function fieldsToFreeze(
  fields: readonly FieldDefinition[],
  after: { readonly cutMask: Mask; readonly leftMask: Mask; readonly categories: readonly string[] },
): { readonly field: FieldDefinition; readonly reason: 'withdrawn' | 'category' }[] {
  return fields
    .filter((it) => it.pii !== 'none')
    .flatMap((it): { field: FieldDefinition; reason: 'withdrawn' | 'category' }[] => {
      if (it.category !== null && after.categories.includes(it.category)) return [{ field: it, reason: 'category' }]
      if (after.cutMask !== 0 && (fieldMask(it) & after.leftMask) === 0) return [{ field: it, reason: 'withdrawn' }]
      return []
    })
}

const fieldName = /^[A-Za-z][A-Za-z0-9_]{0,63}$/
const reserved = new Set(['constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty'])

export function isFieldName(name: string): boolean {
  return fieldName.test(name) && !reserved.has(name)
}

export { isCategory }
