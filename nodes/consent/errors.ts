import { defineErrors } from '@sluice/sdk'

export const errors = defineErrors({
  SLU_CONSENT_MISSING: {
    terminal: true,
    http: 403,
    says: { en: 'The customer has not agreed to this use.', 'zh-CN': '客户未授权该用途。' },
    hint: { en: 'Ask for the grant first, or take the port “denied”.', 'zh-CN': '请先取得授权，或走“未授权”出口。' },
  },
  SLU_CONSENT_INPUT_INVALID: {
    terminal: true,
    http: 422,
    says: { en: 'The consent request does not have the expected shape.', 'zh-CN': '授权请求的格式不正确。' },
    hint: { en: 'Each error names the field by its path.', 'zh-CN': '每条错误都用路径指出了字段。' },
  },
  SLU_CONSENT_SCOPE_EMPTY: {
    terminal: true,
    http: 422,
    says: { en: 'The withdrawal names nothing to withdraw.', 'zh-CN': '撤回请求没有指明要撤回的内容。' },
    hint: { en: 'Name purposes, scenes, a session, data categories, or all.', 'zh-CN': '请指明用途、场景、会话、信息种类，或全部。' },
  },
  SLU_CONSENT_SESSION_REQUIRED: {
    terminal: true,
    http: 422,
    says: { en: 'A grant for one session needs the session.', 'zh-CN': '会话级授权必须指明会话。' },
    hint: { en: 'Send the session id, or ask for a standing grant.', 'zh-CN': '请提供会话编号，或改为长期授权。' },
  },
  SLU_CONSENT_SESSION_CLOSED: {
    terminal: true,
    http: 409,
    says: { en: 'This session is closed.', 'zh-CN': '该会话已结束。' },
    hint: { en: 'Ask again in an open session.', 'zh-CN': '请在进行中的会话里重新征求授权。' },
  },
  SLU_CONSENT_SESSION_FOREIGN: {
    terminal: true,
    http: 409,
    says: { en: 'This session belongs to another customer.', 'zh-CN': '该会话属于另一位客户。' },
    hint: { en: 'Check the session id.', 'zh-CN': '请核对会话编号。' },
  },
  SLU_CONSENT_BUNDLE_SEPARATE: {
    terminal: true,
    http: 422,
    says: {
      en: 'Sharing with third parties must be agreed to on its own, not in a bundle.',
      'zh-CN': '向第三方共享须单独同意，不能并入授权包。',
    },
    hint: { en: 'Ask for it in a step of its own.', 'zh-CN': '请用单独的步骤征求同意。' },
  },
  SLU_CONSENT_MOVE_ILLEGAL: {
    terminal: true,
    http: 409,
    says: { en: 'A consent record cannot move from its state in this way.', 'zh-CN': '授权记录不能这样变更状态。' },
    hint: { en: 'What has ended is never opened again; record a new consent.', 'zh-CN': '已结束的授权不会重新启用，请记录新的授权。' },
  },
  SLU_WITHDRAWAL_UNKNOWN: {
    terminal: true,
    http: 404,
    says: { en: 'There is no such withdrawal.', 'zh-CN': '没有这条撤回记录。' },
    hint: { en: 'Check the id in the list of withdrawals.', 'zh-CN': '请在撤回列表中核对编号。' },
  },
  SLU_CUSTOMER_UNKNOWN: {
    terminal: true,
    http: 404,
    says: { en: 'There is no such customer.', 'zh-CN': '没有这位客户。' },
    hint: { en: 'Check the customer id.', 'zh-CN': '请核对客户编号。' },
  },
})
