import { type DataLanguage, useLanguageStore } from './language.ts'

/** Numbers, dates and money as people of this language write them, in the workspace's time zone. */
export interface Format {
  number(value: number, options?: Intl.NumberFormatOptions): string
  /** 12,345 → 12K, 1.2万. */
  compact(value: number): string
  /** Amount in minor units, as it travels everywhere in Sluice. */
  money(minorUnits: number, currency: string): string
  percent(share: number): string
  date(instant: Instant): string
  time(instant: Instant): string
  dateTime(instant: Instant): string
  /** As short as it can be without being mistaken: the time today, the day as well on any other. */
  moment(instant: Instant, now?: number): string
  /** With seconds and milliseconds, where the order of things matters. */
  exact(instant: Instant): string
  /** “3 minutes ago”, “in 2 days”. */
  relative(instant: Instant, now?: number): string
  /** 41,300 ms → “41.3 s”, “3 min 20 s”, “2 d 4 h”. */
  duration(milliseconds: number): string
  list(items: readonly string[]): string
}
export type Instant = string | number | Date

const relativeSteps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

const units: Record<DataLanguage, { readonly [unit: string]: string }> = {
  en: { ms: ' ms', s: ' s', min: ' min', h: ' h', d: ' d', gap: ' ' },
  'zh-CN': { ms: ' 毫秒', s: ' 秒', min: ' 分', h: ' 小时', d: ' 天', gap: ' ' },
}

/** What the browser knows of a language it reads slowly, and most screens say few kinds of things: each is made with its first use. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined
  return () => {
    made ??= make()
    return made
  }
}

export function makeFormat(language: DataLanguage, timeZone?: string): Format {
  const zone = timeZone === undefined ? {} : { timeZone }
  const dates = once(() => new Intl.DateTimeFormat(language, { dateStyle: 'medium', ...zone }))
  const times = once(() => new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...zone }))
  const both = once(
    () =>
      new Intl.DateTimeFormat(language, {
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        ...zone,
      }),
  )
  const days = once(() => new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', ...zone }))
  const exact = once(
    () =>
      new Intl.DateTimeFormat(language, {
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        fractionalSecondDigits: 3,
        hourCycle: 'h23',
        ...zone,
      }),
  )
  const relative = once(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }))
  const list = once(() => new Intl.ListFormat(language, { type: 'conjunction' }))
  const unit = units[language]
  const two = (big: number, bigUnit: string, small: number, smallUnit: string) =>
    small === 0 ? `${big}${unit[bigUnit]}` : `${big}${unit[bigUnit]}${unit.gap}${small}${unit[smallUnit]}`
  const numbers = once(() => new Intl.NumberFormat(language))
  const shares = once(() => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }))

  return {
    number: (value, options) => {
      if (options !== undefined) return new Intl.NumberFormat(language, options).format(value)
      return isPlain(value) ? String(value) : numbers().format(value)
    },
    compact: (value) => new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }).format(value),
    money: (minorUnits, currency) => {
      const formatter = new Intl.NumberFormat(language, { style: 'currency', currency })
      return formatter.format(minorUnits / 10 ** (formatter.resolvedOptions().maximumFractionDigits ?? 2))
    },
    percent: (share) => {
      const hundredths = share * 100
      return hundredths >= 0.1 && hundredths < 999 ? `${hundredths.toFixed(1).replace('.0', '')}%` : shares().format(share)
    },
    date: (instant) => dates().format(new Date(instant)),
    time: (instant) => times().format(new Date(instant)),
    dateTime: (instant) => both().format(new Date(instant)),
    moment: (instant, now = Date.now()) => {
      const at = new Date(instant)
      const time = times().format(at)
      return dates().format(at) === dates().format(now) ? time : `${days().format(at)} ${time}`
    },
    exact: (instant) => exact().format(new Date(instant)),
    relative: (instant, now = Date.now()) => {
      const seconds = Math.round((new Date(instant).getTime() - now) / 1_000)
      for (const [name, size] of relativeSteps) {
        if (Math.abs(seconds) >= size) return airy(relative().format(Math.trunc(seconds / size), name))
      }
      return airy(relative().format(Math.abs(seconds) < 10 ? 0 : seconds, 'second'))
    },
    duration: (milliseconds) => {
      const value = Math.max(0, milliseconds)
      if (value < 1_000) return `${Math.round(value)}${unit.ms}`
      const seconds = value / 1_000
      if (seconds < 60)
        return `${new Intl.NumberFormat(language, { maximumFractionDigits: seconds < 10 ? 2 : 1 }).format(seconds)}${unit.s}`
      if (seconds < 3_600) return two(Math.floor(seconds / 60), 'min', Math.floor(seconds % 60), 's')
      if (seconds < 86_400) return two(Math.floor(seconds / 3_600), 'h', Math.floor((seconds % 3_600) / 60), 'min')
      return two(Math.floor(seconds / 86_400), 'd', Math.floor((seconds % 86_400) / 3_600), 'h')
    },
    list: (items) => airy(list().format(items)),
  }
}

/** What is small is written alike in both languages; a browser takes 20 ms before it writes its first number by `Intl`. */
function isPlain(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 1_000 && !Object.is(value, -0)
}

/** A space between Han and Latin or digits, as in all our texts; `Intl` writes none. Dates stay as Chinese writes them. */
function airy(text: string): string {
  return text.replace(/(\p{Script=Han})(?=[A-Za-z0-9])|([A-Za-z0-9])(?=\p{Script=Han})/gu, '$& ')
}

let workspaceZone: string | undefined

/** Called once the session names the workspace's zone; without one the browser's zone is used. */
export function setWorkspaceZone(zone: string | undefined): void {
  workspaceZone = zone
}

let made: { readonly language: DataLanguage; readonly zone: string | undefined; readonly format: Format } | null = null

/** One for the whole page: what it is made of takes a third of a millisecond, and every wire of a drawing asks for it. */
export function useFormat(): Format {
  return formatIn(useLanguageStore((state) => (state.language === 'zh-CN' ? 'zh-CN' : 'en')))
}

/** The same outside of components. */
export function formatIn(language: DataLanguage): Format {
  if (made?.language !== language || made.zone !== workspaceZone) {
    made = { language, zone: workspaceZone, format: makeFormat(language, workspaceZone) }
  }
  return made.format
}
