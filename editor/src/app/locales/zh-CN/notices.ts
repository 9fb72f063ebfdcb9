import type { notices as english } from '../en/notices.ts'

export const notices: Readonly<Record<keyof typeof english, string>> = {
  'notices.open': '{count, plural, =0 {通知} other {通知：# 条未读}}',
  'notices.title': '通知',
  'notices.read-all': '全部标为已读',
  'notices.none': '还没有通知。有人在评论中提到您（@）、把讨论交给您或回复您时，会显示在这里。',
  'notices.unread': '未读。',
  'notices.kind.mention': '{by} 在“{flow}”中提到了您',
  'notices.kind.assigned': '{by} 在“{flow}”中把讨论交给了您',
  'notices.kind.answer': '{by} 在“{flow}”中回复了',
  'notices.gone': '该评论已被撤回。',
}
