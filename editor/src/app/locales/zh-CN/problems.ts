import type { problems as en } from '../en/problems.ts'

export const problems: Record<keyof typeof en, string> = {
  'problems.title': '问题',
  'problems.none': '没有问题，可以发布。',
  'problems.level.error': '错误',
  'problems.level.warning': '警告',
  'problems.level.hint': '提示',
  'problems.whole': '整个流程',
}
