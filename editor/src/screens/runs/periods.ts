export const periods = ['1h', '24h', '7d', '30d'] as const
export type Period = (typeof periods)[number]

const hours: Readonly<Record<string, number>> = { '1h': 1, '24h': 24, '7d': 168, '30d': 720 }
const minute = 60_000

/** The instant a period began, to the minute so that a list is not read anew with each render; an instant stays as it is. */
export function sinceOf(from: string | undefined, now = Date.now()): string | undefined {
  if (from === undefined) return undefined
  const length = hours[from]
  return length === undefined ? from : new Date(Math.floor(now / minute) * minute - length * 60 * minute).toISOString()
}

/** The shortest stretch that shows everything a month holds: a chart of runs of one hour would be one bar. Null: the month itself. */
export function closerPeriod(slots: readonly { readonly from: string; readonly count: number }[], now = Date.now()): Period | null {
  const first = slots.find(({ count }) => count > 0)
  if (first === undefined) return null
  return (['24h', '7d'] as const).find((period) => Date.parse(first.from) >= now - (hours[period] ?? 0) * 60 * minute) ?? null
}
