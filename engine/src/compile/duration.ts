const pattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/
const dayMs = 86_400_000

/** Milliseconds of an ISO 8601 duration; a month counts as 30 days and a year as 365, since a time limit knows no calendar. Null: none. */
export function limitMs(duration: unknown): number | null {
  const parts = typeof duration === 'string' ? pattern.exec(duration) : null
  if (parts === null || duration === 'P' || String(duration).endsWith('T')) return null
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0))
  return (years * 365 + months * 30 + weeks * 7 + days) * dayMs + hours * 3_600_000 + minutes * 60_000 + Math.round(seconds * 1_000)
}
