import type { Json } from '@sluice/flows'

/** More steps than this in one play are not compared: it would only take long. */
export const stepsComparedMax = 400

export class TooLong extends Error {}

/** The limits of what travels on a wire are no matter of tokens: a value that comes near them is not compared. */
const levelsComparedMax = 150

export function assertComparable(data: Json): void {
  let level: readonly Json[] = [data]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levelsComparedMax || level.length > stepsComparedMax) throw new TooLong()
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
}
