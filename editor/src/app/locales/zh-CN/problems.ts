import type { problems as en } from '../en/problems.ts'

export const problems: Record<keyof typeof en, string> = {
  'problems.title': '问题',
  'problems.none': '没有问题，可以发布。',
  'problems.level.error': '错误',
  'problems.level.warning': '警告',
  'problems.level.hint': '提示',
  'problems.whole': '整个流程',
  'label.from': '来源：{from}',
  'label.nobody': '流程作者',
  'label.origin.system': '本系统',
  'label.origin.person': '人员',
  'label.origin.model': '模型',
  'label.origin.outside': '外部',
  'label.subject.none': '不含个人信息',
  'label.subject.masked': '个人信息（已脱敏）',
  'label.subject.pseudonymous': '个人信息（未署名）',
  'label.subject.identifying': '可能识别出客户身份',
  'label.categories': '包含：{categories}',
  'label.uses': '读取用途：{purposes} · {scenes}',
  'label.approved': '已由人员批准：{steps}',
}
