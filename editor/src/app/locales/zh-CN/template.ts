import type { template as en } from '../en/template.ts'

export const template: Record<keyof typeof en, string> = {
  'template.newer': '模板有新版本（{version, number}）。',
  'template.look': '查看变化',
}
