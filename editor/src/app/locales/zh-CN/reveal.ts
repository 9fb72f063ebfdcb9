import type { reveal as english } from '../en/reveal.ts'

export const reveal: Readonly<Record<keyof typeof english, string>> = {
  'reveal.open': '查看…',
  'reveal.title': '查看隐藏的值',
  'reveal.lead': '仅显示这一个值，持续一分钟。您的姓名、理由和位置会写入审计日志，值本身不会。',
  'reveal.reason': '查看理由',
  'reveal.reason.help': '至少 {count} 个字。请勿在此填写个人数据。',
  'reveal.do': '显示',
  'reveal.left': '剩余 {seconds} 秒',
  'reveal.hide': '隐藏',
  'reveal.say': '已显示该值',
}
