import type { FlowDefinition, JsonObject } from '@sluice/flows'
import { checkEventExpression } from './check-config.ts'
import { limitMs } from './duration.ts'
import { fixes, type Report } from './report.ts'

export function checkSettings({ settings = {} }: FlowDefinition, report: Report): void {
  checkEventExpression(settings as JsonObject, 'dedupe', { base: '/settings' }, report)
  checkEventExpression((settings.concurrency ?? {}) as JsonObject, 'key', { base: '/settings/concurrency' }, report)
  if (settings.concurrency !== undefined) {
    const message = {
      en: 'This version does not limit how many runs go on at once; the setting is kept but has no effect',
      'zh-CN': '当前版本不会限制同时运行的数量，此设置会保留但不起作用',
    }
    report.add('warning', 'SLU_FLOW_CONCURRENCY_UNUSED', { path: '/settings/concurrency' }, message, fixes.jump)
  }
  if (settings.timeout !== undefined && limitMs(settings.timeout) === null) {
    const message = { en: 'The time limit is longer than a hundred years', 'zh-CN': '时限超过一百年' }
    report.add('error', 'SLU_FLOW_CONFIG', { path: '/settings/timeout' }, message, fixes.jump)
  }
}
