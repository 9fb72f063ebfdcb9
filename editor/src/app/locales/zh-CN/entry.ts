import type { entry as english } from '../en/entry.ts'

/** What stands on the way in: signing in, and the first account of an empty server. */
export const entry: Record<keyof typeof english, string> = {
  'app.sign-in.title': '登录 Sluice',
  'app.sign-in.lead': '先征得同意，再推进流程。每一步都核对客户的授权。',
  'app.sign-in.submit': '登录',
  'app.sign-in.refused': '邮箱或密码不正确。',
  'app.sign-in.expired': '登录已过期。请重新登录，继续刚才的操作。',
  'app.setup.title': '初始化 Sluice',
  'app.setup.lead': '您是第一位使用者。此账号将成为管理员，之后可以邀请其他人。',
  'app.setup.name': '您的姓名',
  'app.setup.submit': '创建管理员',
  'app.setup.done': 'Sluice 已完成初始化，管理员已由他人创建。',
  'app.picture.consent': '授权变更',
  'app.picture.consent.line': '撤回 报价推送',
  'app.picture.mask': '数据脱敏',
  'app.picture.mask.line': '手机、收入',
  'app.picture.alert': '提醒销售',
  'app.picture.alert.line': '还能做什么',
  'app.picture.plan': '重新生成策略',
  'app.picture.plan.line': '不使用已冻结的数据',
  'app.picture.clock': '0.4 秒内完成',
}
