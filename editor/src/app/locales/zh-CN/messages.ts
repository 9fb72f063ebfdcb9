import type { messages as en } from '../en/messages.ts'

export const messages: Record<keyof typeof en, string> = {
  'messages.lead': '已发送、等待发送以及因授权被拦截的客户消息。',
  'messages.state': '状态',
  'messages.customer': '客户',
  'messages.text': '内容',
  'messages.channel': '渠道',
  'messages.why': '授权依据',
  'messages.when': '时间',
  'messages.empty.title': '没有消息',
  'messages.empty.text': '含有“通知客户”步骤的流程会生成消息，每条都会在发出前最后一刻核对授权。',
  'messages.recorded.help': '尚未连接渠道，消息未发出。',
  'messages.filter': '状态',
}
