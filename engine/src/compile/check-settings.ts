import type { FlowDefinition, JsonObject } from '@sluice/flows'
import { checkEventExpression } from './check-config.ts'
import { limitMs } from './duration.ts'
import { fixes, type Report } from './report.ts'

export function checkSettings({ settings = {} }: FlowDefinition, report: Report): void {
  checkEventExpression(settings as JsonObject, 'dedupe', { base: '/settings' }, report)
  checkEventExpression((settings.concurrency ?? {}) as JsonObject, 'key', { base: '/settings/concurrency' }, report)
  checkEventExpression((settings.rate ?? {}) as JsonObject, 'key', { base: '/settings/rate' }, report)
  checkEventExpression((settings.debounce ?? {}) as JsonObject, 'key', { base: '/settings/debounce' }, report)
  checkLength(settings.rate?.per, '/settings/rate/per', report)
  checkLength(settings.debounce?.for, '/settings/debounce/for', report)
  if (settings.timeout !== undefined && limitMs(settings.timeout) === null) {
    const message = { en: 'The time limit is longer than a hundred years', 'zh-CN': '时限超过一百年' }
    report.add('error', 'SLU_FLOW_CONFIG', { path: '/settings/timeout' }, message, fixes.jump)
  }
}

/** Between a millisecond and a year: longer ones are typing mistakes. */
function checkLength(length: string | undefined, path: string, report: Report): void {
  if (length === undefined) return
  const ms = limitMs(length)
  if (ms !== null && ms > 0 && ms <= 366 * 86_400_000) return
  const message = { en: 'Give a time between a moment and a year', 'zh-CN': '请填写大于零且不超过一年的时长' }
  report.add('error', 'SLU_FLOW_CONFIG', { path }, message, fixes.jump)
}
