import type { template as en } from '../en/template.ts'

export const template: Record<keyof typeof en, string> = {
  'template.newer': '模板有新版本（{version, number}）。',
  'template.look': '查看变化',
  'template.title': '更新到版本 {to, number}',
  'template.lead': '您的修改会保留，仅模板修改的内容会更新进来。',
  'template.note': '版本说明：{note}',
  'template.none': '您的副本不会有变化。',
  'template.changes': '将有的变化',
  'template.conflicts': '双方修改了 {count} 处相同内容，请逐一选择。',
  'template.ours': '保留我的',
  'template.theirs': '采用模板的',
  'template.gone': '（已删除）',
  'template.submit': '更新',
  'template.done': '草稿已更新到版本 {to, number}。',
}
