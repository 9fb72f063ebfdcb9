import type { FlowDefinition, JsonObject } from '@sluice/flows'
import { checkEventExpression } from './check-config.ts'
import { limitMs } from './duration.ts'
import { fixes, type Report } from './report.ts'

export function checkSettings({ settings = {} }: FlowDefinition, report: Report): void {
  checkEventExpression(settings as JsonObject, 'dedupe', { base: '/settings' }, report)
  checkEventExpression((settings.concurrency ?? {}) as JsonObject, 'key', { base: '/settings/concurrency' }, report)
  if (settings.timeout !== undefined && limitMs(settings.timeout) === null) {
    const message = { en: 'The time limit is longer than a hundred years', 'zh-CN': '时限超过一百年' }
    report.add('error', 'SLU_FLOW_CONFIG', { path: '/settings/timeout' }, message, fixes.jump)
  }
}
