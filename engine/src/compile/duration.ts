const shape = /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

/** Longest time limit: a hundred years. Longer ones are typing mistakes. */
const msMax = 100 * 366 * 86_400_000

/**
 * An ISO 8601 duration in milliseconds; null when it is none or too long. A time limit starts whenever the run does, so
 * a year counts 365 days and a month 30.
 */
export function limitMs(duration: string): number | null {
  const found = duration.length > 80 ? null : shape.exec(duration)
  if (found === null) return null
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0))
  const ms = (((years * 365 + months * 30 + weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + Math.round(seconds * 1_000)
  return ms <= msMax ? ms : null
}
