import { expect, test } from 'vitest'
import { cronWords } from './cron-words.ts'

test.each([
  ['0 9 * * 1-5', 'Monday to Friday at 09:00', '周一至周五 09:00'],
  ['0 9 * * MON-FRI', 'Monday to Friday at 09:00', '周一至周五 09:00'],
  ['30 8 * * *', 'Every day at 08:30', '每天 08:30'],
  ['0 18 * * 1,4', 'Every Monday and Thursday at 18:00', '每周一、周四 18:00'],
  ['0 10 * * 7', 'Every Sunday at 10:00', '每周日 10:00'],
  ['15 7 1 * *', 'Day 1 of every month at 07:15', '每月 1 日 07:15'],
  ['0 20 L * *', 'The last day of every month at 20:00', '每月最后一天 20:00'],
  ['*/15 * * * *', 'Every 15 minutes', '每 15 分钟'],
  ['* * * * *', 'Every minute', '每分钟'],
  ['0 * * * *', 'Every hour', '每小时'],
  ['5 */2 * * *', 'Every 2 hours, 5 minutes past', '每 2 小时的第 5 分'],
])('%s is said in both languages', (cron, en, zh) => {
  expect([cronWords(cron, 'en'), cronWords(cron, 'zh-CN')]).toEqual([en, zh])
})

test.each(['', 'abc', '0 9 1 * 1', '0 9 * 6 *', '*/7 * * * *', '0 9-17 * * *', '61 9 * * *', '0 0 9 * * 1', '0 9 * * 1#2', '0 9 0 * *'])(
  'what it cannot say whole it does not say: %j',
  (cron) => {
    expect(cronWords(cron, 'en')).toBe(null)
  },
)
