import type { empty as en } from '../en/empty.ts'

export const empty: Record<keyof typeof en, string> = {
  'empty.example': '例如：{example}',
  'empty.to.customers': '前往客户',
  'empty.to.templates': '查看模板',
  'empty.to.runs': '查看运行记录',
  'empty.to.flows': '前往流程',
  'empty.tasks.example': '王芳的 8% 优惠正等待总监批准；同意，或说明不同意的理由。',
  'empty.alerts.example': '王芳撤回了营销授权，她的销售顾问几秒内收到提醒：不再致电推销，服务联系不受影响。',
  'empty.customers.example': '王芳，新客户，已通过微信告知数据用途。',
  'empty.runs.example': '王芳表示价格太高：策略已生成，条款已审查，总监尚未决定。',
  'empty.incidents.example': '消息服务连续五次无响应，运行停在那里，等您重试或跳过该步骤。',
  'empty.letters.example': '一条没有流程监听的消息；发布对应的流程后可重新投递。',
  'empty.messages.example': '一条已发出的感谢，和一条因授权刚被撤回而拦下的优惠信息。',
  'empty.withdrawals.example': '营销授权撤回：字段已冻结，销售已知悉，策略已重做，3 秒后生成回执。',
  'empty.audit.example': '陈颖发布了“价格太高”的版本 2。',
  'empty.templates.example': '授权变更、数据脱敏、提醒销售、重新生成策略。',
}
