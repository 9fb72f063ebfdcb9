import { defineNode, flaw, help, type JsonObject, options, type Problem, shown, ui, words } from '@sluice/sdk'
import { type Static, Type } from 'typebox'
import { dateLimits } from '../domain/date-trigger.ts'

export const dateReachedType = 'sluice.crm.date-reached'

const whens = { before: words('before', '之前'), on: words('on the day itself', '当天'), after: words('after', '之后') } as const

const DateFieldConfig = Type.Object(
  {
    field: Type.String({
      ...ui('date-field', 'Date of the customer', '客户的日期字段'),
      ...help('A field of type date, for example the end of a contract', '日期类型的字段，例如合同到期日'),
      pattern: '^[A-Za-z][A-Za-z0-9_]{0,63}$',
    }),
    when: Type.Union([Type.Literal('before'), Type.Literal('on'), Type.Literal('after')], {
      ...ui('select', 'Start', '启动时间'),
      ...options(whens),
      default: 'before',
    }),
    days: Type.Optional(Type.Integer({ ...ui('number', 'Days', '天数'), minimum: 1, maximum: dateLimits.daysMax, default: 3 })),
    at: Type.Optional(
      Type.String({
        ...ui('text', 'At', '时刻'),
        ...help('Time of day, for example 09:00', '一天中的时刻，例如 09:00'),
        pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
        default: '09:00',
      }),
    ),
    timeZone: Type.Optional(Type.String({ ...ui('time-zone', 'Time zone', '时区'), default: 'UTC', maxLength: 64 })),
    calendar: Type.Optional(
      Type.String({
        ...ui('calendar', 'Counting working days of', '按以下日历的工作日计算'),
        ...help('Three days before are three working days before; empty: every day counts', '提前三天即提前三个工作日；留空则按自然日计算'),
        pattern: '^[a-z0-9][a-z0-9-]{0,63}$',
      }),
    ),
  },
  { additionalProperties: false },
)
export type DateFieldConfig = Static<typeof DateFieldConfig>

/** Starts by a date that stands in a customer's record. What the date is stays there: the flow gets the customer, not the value. */
export const dateField = defineNode({
  type: 'crm.date-field',
  version: 1,
  label: words('Date of a customer', '客户日期'),
  summary: words(
    'Starts some days before or after a date of each customer, once for each date; it moves when the date changes.',
    '在每位客户的某个日期之前或之后若干天启动，每个日期只启动一次；日期变更时自动调整。',
  ),
  keywords: ['contract end', 'anniversary', 'birthday', 'expiry', 'reminder', 'due', '合同到期', '到期', '生日', '周年', '提醒'],
  category: 'trigger',
  silhouette: 'trigger',
  icon: 'calendar-clock',
  config: DateFieldConfig,
  input: false,
  ports: [{ name: 'out', label: words('Reached', '到期') }],
  effect: 'none',
  behaviour: 'trigger',
  labels: { origin: 'system' },
  sentence: (config, language) => {
    const { field, when, days = 3, calendar } = config
    const count = Number(days)
    if (when === 'on') return language === 'en' ? `On the day of ${shown(field)}` : `${shown(field)}当天`
    const side = when === 'after' ? 'after' : 'before'
    if (language === 'zh-CN')
      return `${shown(field)}${side === 'after' ? '之后' : '之前'} ${count} 个${calendar === undefined ? '自然日' : '工作日'}`
    return `${count} ${calendar === undefined ? '' : 'working '}${count === 1 ? 'day' : 'days'} ${side} ${shown(field)}`
  },
  check: checkDateField,
  // Started by its durable timer (command crm.dates.fire).
  trigger: {
    eventTypes: () => [],
    matches: () => false,
    subject: (event) => event.subject,
    sample: {
      id: 'sample-1',
      source: '/sluice/crm',
      type: dateReachedType,
      subject: 'c-1001',
      time: '2026-03-02T01:00:00.000Z',
      data: { customer: 'c-1001', field: 'contract_end', lateMs: 0 },
    },
  },
})

function checkDateField({ timeZone }: JsonObject): readonly Problem[] {
  if (typeof timeZone !== 'string') return []
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return []
  } catch {
    return [flaw('SLU_SCHEDULE_ZONE', '/timeZone', `No time zone ${timeZone}.`, `没有时区 ${timeZone}。`)]
  }
}
