/** Sunday first, as clock lines count. */
const days = {
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
} as const
const dayNames = 'SUN MON TUE WED THU FRI SAT'.split(' ')

type Language = 'en' | 'zh-CN'

/**
 * The clock lines that people write, as a sentence: every so many minutes or hours, and a time of every day, of some weekdays or of one
 * day of the month. Null for any other: half a sentence about it would be wrong. A library that says them all (cronstrue) weighs more
 * than the form around it, and its Chinese puts the time before the day.
 *
 * @example `cronWords('0 9 * * 1-5', 'en') // "Monday to Friday at 09:00"`
 */
export function cronWords(cron: string, language: Language): string | null {
  const [minute = '', hour = '', date = '', month = '', day = '', ...more] = cron.trim().split(/\s+/)
  if (more.length > 0 || month !== '*') return null
  const isDaily = date === '*' && day === '*'
  const every = (hour === '*' ? /^(?:\*|\*\/(\d{1,2}))$/.exec(minute) : null) ?? null
  if (every !== null) return isDaily ? repeated(Number(every[1] ?? 1), 'minute', language) : null
  const past = numberUpTo(minute, 59)
  if (past === null) return null
  const hours = /^\*(?:\/(\d{1,2}))?$/.exec(hour)
  if (hours !== null) return isDaily ? hourly(Number(hours[1] ?? 1), past, language) : null
  const at = numberUpTo(hour, 23)
  if (at === null) return null
  const time = [at, past].map((part) => String(part).padStart(2, '0')).join(':')
  const when = isDaily
    ? { en: 'Every day', 'zh-CN': '每天' }[language]
    : date === '*'
      ? weekdays(day, language)
      : day === '*'
        ? monthly(date, language)
        : null
  return when === null ? null : language === 'en' ? `${when} at ${time}` : `${when} ${time}`
}

function repeated(count: number, unit: 'minute' | 'hour', language: Language): string | null {
  // A count that does not divide the hour or the day begins anew with each.
  if (count === 0 || (unit === 'minute' ? 60 : 24) % count !== 0) return null
  if (language === 'en') return count === 1 ? `Every ${unit}` : `Every ${count} ${unit}s`
  const word = unit === 'minute' ? '分钟' : '小时'
  return count === 1 ? `每${word}` : `每 ${count} ${word}`
}

function hourly(count: number, past: number, language: Language): string | null {
  const every = repeated(count, 'hour', language)
  if (every === null || past === 0) return every
  return language === 'en' ? `${every}, ${past} ${past === 1 ? 'minute' : 'minutes'} past` : `${every}的第 ${past} 分`
}

function weekdays(text: string, language: Language): string | null {
  const names = days[language]
  const range = /^(\w+)-(\w+)$/.exec(text)
  if (range !== null) {
    const [from, to] = [dayOf(range[1] ?? ''), dayOf(range[2] ?? '')]
    if (from === null || to === null) return null
    return language === 'en' ? `${names[from]} to ${names[to]}` : `${names[from]}至${names[to]}`
  }
  const named = text.split(',').map(dayOf)
  if (named.some((each) => each === null)) return null
  const said = named.map((each) => names[each ?? 0])
  if (language === 'zh-CN') return `每${said.join('、')}`
  return `Every ${said.length > 1 ? `${said.slice(0, -1).join(', ')} and ${said.at(-1)}` : said[0]}`
}

function dayOf(text: string): number | null {
  const named = dayNames.indexOf(text.toUpperCase())
  if (named >= 0) return named
  const number = numberUpTo(text, 7)
  return number === null ? null : number % 7
}

function monthly(text: string, language: Language): string | null {
  if (text.toUpperCase() === 'L') return language === 'en' ? 'The last day of every month' : '每月最后一天'
  const date = numberUpTo(text, 31)
  if (date === null || date === 0) return null
  return language === 'en' ? `Day ${date} of every month` : `每月 ${date} 日`
}

function numberUpTo(text: string, max: number): number | null {
  const number = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN
  return number <= max ? number : null
}
