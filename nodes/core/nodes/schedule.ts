import {
  defineNode,
  durationMs,
  durationPattern,
  flaw,
  help,
  type JsonObject,
  options,
  type Problem,
  shown,
  ui,
  words,
  workingCalendar,
} from '@sluice/sdk'
import { Type } from 'typebox'
import { calendarPattern } from '../domain/calendar.ts'
import { type CronPart, type CronProblem, cronProblem, intervalMsMin, timeZoneExists, whyNever } from '../domain/schedule.ts'

/** Starts runs by the clock. */
export const schedule = defineNode({
  type: 'core.schedule',
  version: 1,
  label: words('Schedule', '定时启动'),
  summary: words('Starts at set times or at a steady interval.', '按固定时间或固定间隔启动。'),
  keywords: ['cron', 'timer', 'daily', 'interval', 'every', '定时', '每天', '周期', '间隔'],
  category: 'trigger',
  silhouette: 'trigger',
  icon: 'calendar-clock',
  config: Type.Object(
    {
      cron: Type.Optional(
        Type.String({
          ...ui('cron', 'Times', '时间表'),
          ...help(
            'Minute, hour, day, month, weekday: 0 9 * * 1-5 is 09:00 from Monday to Friday',
            '依次为分、时、日、月、周：0 9 * * 1-5 表示周一至周五 09:00',
          ),
          maxLength: 200,
        }),
      ),
      every: Type.Optional(
        Type.String({
          ...ui('duration', 'Or every', '或每隔'),
          ...help('Counted from when the flow is published', '从流程发布时起算'),
          pattern: durationPattern,
          maxLength: 64,
        }),
      ),
      timeZone: Type.Optional(Type.String({ ...ui('time-zone', 'Time zone', '时区'), default: 'UTC', maxLength: 64 })),
      calendar: Type.Optional(
        Type.String({
          ...ui('calendar', 'Only on working days of', '仅在以下日历的工作日'),
          ...help('Empty: every day', '留空则不区分工作日'),
          pattern: calendarPattern,
        }),
      ),
      onDayOff: Type.Optional(
        Type.Union([Type.Literal('skip'), Type.Literal('next'), Type.Literal('previous')], {
          ...ui('select', 'On a day off', '遇到休息日'),
          ...options({
            skip: words('leave it out', '跳过'),
            next: words('the working day after', '顺延到下一个工作日'),
            previous: words('the working day before', '提前到上一个工作日'),
          }),
          default: 'skip',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  input: false,
  ports: [{ name: 'out', label: words('Due time', '到点') }],
  effect: 'none',
  behaviour: 'trigger',
  labels: { origin: 'system' },
  sentence: (config, language) => {
    const zone = typeof config.timeZone === 'string' ? ` (${config.timeZone})` : ''
    if (typeof config.cron === 'string' && config.cron !== '') {
      // A line that comes written out is said as it is.
      if (!/^[\d*]/.test(config.cron)) return `${config.cron}${zone}`
      return language === 'en' ? `At ${config.cron}${zone}` : `按 ${config.cron}${zone}`
    }
    return language === 'en' ? `Every ${shown(config.every)}` : `每隔 ${shown(config.every)}`
  },
  check: checkSchedule,
  // Started by its durable timer (command core.schedule.fire).
  trigger: { eventTypes: () => [], matches: () => false },
})

function checkSchedule(config: JsonObject): readonly Problem[] {
  const { cron, every, timeZone, onDayOff } = config
  const problems: Problem[] = []
  if ((cron === undefined) === (every === undefined)) {
    problems.push(flaw('SLU_SCHEDULE_CHOICE', '/cron', 'Give either times or an interval.', '请填写时间表或间隔，二选一。'))
  }
  if (every !== undefined && (onDayOff === 'next' || onDayOff === 'previous')) {
    const says = ['An interval keeps its beat: days off can only be left out.', '固定间隔无法移动日期，遇到休息日只能跳过。'] as const
    problems.push(flaw('SLU_SCHEDULE_DAY_OFF', '/onDayOff', ...says))
  }
  const zone = typeof timeZone === 'string' ? timeZone : 'UTC'
  if (!timeZoneExists(zone)) return [...problems, flaw('SLU_SCHEDULE_ZONE', '/timeZone', `No time zone ${zone}.`, `没有时区 ${zone}。`)]
  if (typeof cron === 'string') {
    const wrong = cronProblem(cron, zone)
    if (wrong !== null) problems.push(flaw('SLU_SCHEDULE_CRON', '/cron', ...sayCronProblem(wrong)))
    else problems.push(...checkComes(cron, zone, config))
  }
  if (typeof every === 'string' && (durationMs(every) ?? 0) < intervalMsMin) {
    problems.push(
      flaw('SLU_SCHEDULE_INTERVAL', '/every', 'At least one second, as an ISO 8601 duration.', '至少 1 秒，使用 ISO 8601 时长。'),
    )
  }
  return problems
}

/** What each part may hold, as people write it. */
const cronWords: { readonly [part in CronPart]: readonly [string, string] } = {
  second: ['No such second: “$”. It is 0 to 59', '秒“$”无效：应为 0 到 59'],
  minute: ['No such minute: “$”. It is 0 to 59', '分“$”无效：应为 0 到 59'],
  hour: ['No such hour: “$”. It is 0 to 23', '时“$”无效：应为 0 到 23'],
  day: ['No such day: “$”. It is 1 to 31, or L for the last day of the month', '日“$”无效：应为 1 到 31，或用 L 表示每月最后一天'],
  month: ['No such month: “$”. It is 1 to 12, or JAN to DEC', '月“$”无效：应为 1 到 12，或 JAN 到 DEC'],
  weekday: ['No such weekday: “$”. It is 0 to 6 from Sunday on, or SUN to SAT', '周“$”无效：应为 0 到 6（0 为周日），或 SUN 到 SAT'],
}
const cronMarks: readonly [string, string] = [
  '; * means every, a-b a range, a,b several, */n every n-th.',
  '；* 表示全部，a-b 表示范围，a,b 表示多个，*/n 表示每隔 n 个。',
]

function sayCronProblem(wrong: CronProblem): readonly [string, string] {
  if (wrong.kind === 'part') {
    const [en, zh] = cronWords[wrong.part]
    const text = wrong.text.slice(0, 40)
    return [en.replace('$', () => text) + cronMarks[0], zh.replace('$', () => text) + cronMarks[1]]
  }
  if (wrong.kind === 'parts')
    return [
      'Five parts (minute, hour, day, month, weekday), six with seconds in front, or a word like @daily.',
      '应为五段（分 时 日 月 周），前面加上秒则为六段，或使用 @daily 这样的词。',
    ]
  return [
    'This is no cron line and no word like @daily, @weekly or @hourly.',
    '不是有效的 Cron 表达式，也不是 @daily、@weekly、@hourly 这样的词。',
  ]
}

/** A time that never comes would be armed by nothing, and nobody would hear of it. Calendars of the workspace are not known here. */
function checkComes(cron: string, timeZone: string, { calendar, onDayOff }: JsonObject): readonly Problem[] {
  const shipped = typeof calendar === 'string' ? workingCalendar(calendar) : null
  const dayOff = shipped === null || (onDayOff ?? 'skip') !== 'skip' ? null : { calendar: shipped, rule: 'skip' as const }
  const why = whyNever({ cron, every: null, timeZone, dayOff })
  if (why === null) return []
  if (why === 'no-day')
    return [
      flaw(
        'SLU_SCHEDULE_NEVER',
        '/cron',
        `“${cron}” never comes: no month it names has such a day. Change the day or the month; L is the last day of each month.`,
        `“${cron}”永远不会到来：所选月份没有这一天。请修改日或月；L 表示每月最后一天。`,
      ),
    ]
  const id = shipped?.id
  return [
    flaw(
      'SLU_SCHEDULE_NEVER',
      '/cron',
      `“${cron}” falls on days off of calendar ${id} alone, and those are left out. Choose other days, or let it move to the working day after or before.`,
      `“${cron}”只落在日历 ${id} 的休息日，而休息日会被跳过。请换其他日期，或改为顺延、提前到工作日。`,
    ),
  ]
}
