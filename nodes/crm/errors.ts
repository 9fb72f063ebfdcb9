import { defineErrors } from '@sluice/sdk'

export const errors = defineErrors({
  SLU_CRM_FIELD_FROZEN: {
    terminal: true,
    http: 423,
    says: { en: 'This field is frozen: the customer withdrew consent.', 'zh-CN': '该字段已冻结：客户已撤回授权。' },
    hint: { en: 'Only a new consent of the customer opens it again.', 'zh-CN': '只有客户重新授权后才会解冻。' },
  },
  SLU_CONSENT_CATEGORY: {
    terminal: true,
    http: 403,
    says: { en: 'It holds data that this purpose and scene do not cover.', 'zh-CN': '内容包含该用途与场景未涵盖的数据。' },
    hint: {
      en: 'Mask the named fields before this step, or ask consent for a use that covers them.',
      'zh-CN': '请在此步骤之前对所列字段脱敏，或就涵盖它们的用途征求授权。',
    },
  },
  SLU_CRM_INPUT_INVALID: {
    terminal: true,
    http: 422,
    says: { en: 'The customer data does not have the expected shape.', 'zh-CN': '客户数据的格式不正确。' },
    hint: { en: 'Each error names the field by its path.', 'zh-CN': '每条错误都用路径指出了字段。' },
  },
  SLU_CRM_CUSTOMER_EXISTS: {
    terminal: true,
    http: 409,
    says: { en: 'There is a customer with this id already.', 'zh-CN': '该编号的客户已存在。' },
    hint: { en: 'Change that customer, or choose another id.', 'zh-CN': '请修改该客户，或换一个编号。' },
  },
  SLU_CRM_CHANGED: {
    terminal: true,
    http: 412,
    says: { en: 'Somebody changed this customer in the meantime.', 'zh-CN': '该客户已被他人修改。' },
    hint: { en: 'Compare both versions and try again.', 'zh-CN': '请对比两个版本后重试。' },
  },
  SLU_CRM_CSV_INVALID: {
    terminal: true,
    http: 422,
    says: { en: 'This file cannot be read as a customer list.', 'zh-CN': '无法将该文件识别为客户列表。' },
    hint: { en: 'UTF-8 CSV with a heading line; a column “name” is needed.', 'zh-CN': '需要带表头的 UTF-8 CSV，且必须有“姓名”列。' },
  },
})
