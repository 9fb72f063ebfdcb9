import type { pause as en } from '../en/pause.ts'

export const pause: Record<keyof typeof en, string> = {
  'operate.pause.menu': '暂停…',
  'operate.pause.resume': '恢复',
  'operate.pause.resumed': '流程已恢复，{count} 个等待的运行继续执行。',
  'operate.pause.held': '已暂停 · {count, plural, =0 {没有等待的运行} other {# 个运行等待中}}',
  'operate.pause.resume.title': '恢复“{name}”？',
  'operate.pause.resume.hold':
    '{count, plural, =0 {没有等待的运行，新事件将立即启动运行。} other {# 个等待的运行将依次开始，之后新事件立即启动运行。}}',
  'operate.pause.resume.refuse': '新事件将重新启动运行。暂停期间的事件已存为死信，如仍需处理请重新投递。',
  'operate.pause.why': '暂停原因：{reason}',
  'operate.pause.badge': '已暂停',
  'operate.pause.title': '暂停“{name}”？',
  'operate.pause.lead': '运行会完成当前步骤，恢复前不再开始新的步骤。',
  'operate.pause.events': '暂停期间的事件',
  'operate.pause.hold': '等待',
  'operate.pause.hold.help': '照常启动运行，但停在第一个步骤之前。',
  'operate.pause.refuse': '作为死信保留',
  'operate.pause.refuse.help': '之后可按届时启用的版本重新投递。',
  'operate.pause.do': '暂停',
  'operate.pause.done': '“{name}”已暂停。',
}
