import {
  after,
  defineNode,
  durationMs,
  durationPattern,
  failure,
  flaw,
  help,
  isExpression,
  type JsonObject,
  type Problem,
  shown,
  ui,
  waitUntil,
  words,
} from '@sluice/sdk'
import { Type } from 'typebox'

/** Stays for a time or until an instant. A past instant passes at once. */
export const wait = defineNode({
  type: 'core.wait',
  version: 1,
  label: words('Wait', '等待'),
  summary: words('Stays for a while or until a moment, across restarts.', '等待一段时间或等到某一时刻，重启后依然有效。'),
  keywords: ['delay', 'sleep', 'timer', 'pause', '延时', '定时', '暂停', '停留'],
  category: 'flow',
  silhouette: 'timer',
  icon: 'timer',
  config: Type.Object(
    {
      for: Type.Optional(
        Type.String({
          ...ui('duration', 'For', '时长'),
          ...help('For example P2D or PT90S', '例如 P2D 或 PT90S'),
          pattern: durationPattern,
          maxLength: 64,
        }),
      ),
      until: Type.Optional(
        Type.String({
          ...ui('instant', 'Or until', '或直到'),
          ...help('An instant such as 2026-03-02T03:00:00Z', '例如 2026-03-02T03:00:00Z'),
          maxLength: 64,
        }),
      ),
    },
    { additionalProperties: false },
  ),
  ports: [{ name: 'out', label: words('Then', '之后') }],
  effect: 'none',
  labels: { gives: 'input', takes: ({ for: length }) => ({ for: 'time', ms: typeof length === 'string' ? durationMs(length) : null }) },
  sentence: (config, language) => {
    if (config.until !== undefined) return language === 'en' ? `Until ${shown(config.until)}` : `直到 ${shown(config.until)}`
    return language === 'en' ? `For ${shown(config.for)}` : `等待 ${shown(config.for)}`
  },
  check: checkWait,
  run: ({ config, input, now }) => {
    const dueAt = config.until === undefined ? after(now, config.for ?? '') : instant(config.until)
    if (dueAt === null) return failure('SLU_WAIT_TIME', 'The time to wait for is no ISO 8601 duration or instant.')
    return waitUntil(Math.max(dueAt, now), input)
  },
})

function instant(text: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : at
}

function checkWait(config: JsonObject): readonly Problem[] {
  if ((config.for === undefined) === (config.until === undefined)) {
    return [flaw('SLU_WAIT_TIME', '/for', 'Give either a duration or a moment.', '请填写时长或时刻，二选一。')]
  }
  const { for: length, until } = config
  if (typeof length === 'string' && !isExpression(length) && durationMs(length) === null) {
    return [
      flaw('SLU_WAIT_TIME', '/for', 'Not an ISO 8601 duration, or longer than a hundred years.', '不是 ISO 8601 时长，或超过一百年。'),
    ]
  }
  if (typeof until === 'string' && !isExpression(until) && instant(until) === null) {
    return [flaw('SLU_WAIT_TIME', '/until', 'Not an ISO 8601 instant.', '不是 ISO 8601 时刻。')]
  }
  return []
}
