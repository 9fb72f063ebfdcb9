import {
  after,
  afterWorking,
  defineNode,
  durationMs,
  durationPattern,
  failure,
  flaw,
  hasRealDay,
  help,
  isExpression,
  type JsonObject,
  type Problem,
  shown,
  ui,
  waitUntil,
  words,
  workingCalendar,
} from '@sluice/sdk'
import { Type } from 'typebox'
import { calendarPattern } from '../domain/calendar.ts'

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
          ...help('For example 2 days or 90 seconds', '例如 2 天或 90 秒'),
          pattern: durationPattern,
          maxLength: 64,
        }),
      ),
      calendar: Type.Optional(
        Type.String({
          ...ui('calendar', 'Counting working time', '按工作时间计算'),
          ...help(
            '2 days are then two working days, 4 hours are four hours in which people work; empty: time as it passes',
            '此时 2 天即两个工作日，4 小时即四个工作小时；留空则按自然时间',
          ),
          pattern: calendarPattern,
        }),
      ),
      until: Type.Optional(
        Type.String({
          ...ui('instant', 'Or until', '或直到'),
          ...help('Date and time where you are', '按您所在地的日期和时间'),
          maxLength: 64,
        }),
      ),
    },
    { additionalProperties: false },
  ),
  ports: [{ name: 'out', label: words('Then', '之后') }],
  effect: 'none',
  labels: {
    gives: 'input',
    // Working time takes longer on the clock than it says; how long depends on when it begins.
    takes: ({ for: length, calendar }) => ({
      for: 'time',
      ms: typeof length === 'string' && calendar === undefined ? durationMs(length) : null,
    }),
  },
  sentence: (config, language) => {
    if (config.until !== undefined) return language === 'en' ? `Until ${shown(config.until)}` : `直到 ${shown(config.until)}`
    if (config.calendar !== undefined)
      return language === 'en' ? `For ${shown(config.for)} of working time` : `等待 ${shown(config.for)} 工作时间`
    return language === 'en' ? `For ${shown(config.for)}` : `等待 ${shown(config.for)}`
  },
  check: checkWait,
  needsStore: ({ until, calendar }) => until === undefined && typeof calendar === 'string' && workingCalendar(calendar) === null,
  run: ({ config, input, now }) => {
    if (config.until === undefined && config.calendar !== undefined && workingCalendar(config.calendar) === null)
      return failure(
        'SLU_CALENDAR_UNKNOWN',
        words(`There is no calendar ${config.calendar} here.`, `此处没有工作日历 ${config.calendar}。`),
      )
    const dueAt = config.until === undefined ? lengthFrom(now, config.for ?? '', config.calendar) : instant(config.until)
    if (dueAt === null)
      return failure(
        'SLU_WAIT_TIME',
        words('The time to wait for is no ISO 8601 duration or instant.', '等待时间不是 ISO 8601 时长或时刻。'),
      )
    return waitUntil(Math.max(dueAt, now), input)
  },
})

function lengthFrom(now: number, length: string, calendar: string | undefined): number | null {
  if (calendar === undefined) return after(now, length)
  const found = workingCalendar(calendar)
  return found === null ? null : afterWorking(found, now, length)
}

function instant(text: string): number | null {
  const at = hasRealDay(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : at
}

function checkWait(config: JsonObject): readonly Problem[] {
  if ((config.for === undefined) === (config.until === undefined)) {
    return [flaw('SLU_WAIT_TIME', '/for', 'Give either a duration or a moment.', '请填写时长或时刻，二选一。')]
  }
  const { for: length, until, calendar } = config
  if (calendar !== undefined && typeof length === 'string' && !isExpression(length) && /^P[^T]*[YM]/.test(length)) {
    return [
      flaw(
        'SLU_WAIT_TIME',
        '/for',
        'Months and years are no working time; give days and hours.',
        '按工作时间计算时不能使用月和年，请填写天和小时。',
      ),
    ]
  }
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
