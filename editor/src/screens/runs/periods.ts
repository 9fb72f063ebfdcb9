export const periods = ['1h', '24h', '7d', '30d'] as const

const hours: Readonly<Record<string, number>> = { '1h': 1, '24h': 24, '7d': 168, '30d': 720 }
const minute = 60_000

/** The instant a period began, to the minute so that a list is not read anew with each render; an instant stays as it is. */
export function sinceOf(from: string | undefined, now = Date.now()): string | undefined {
  if (from === undefined) return undefined
  const length = hours[from]
  return length === undefined ? from : new Date(Math.floor(now / minute) * minute - length * 60 * minute).toISOString()
}
