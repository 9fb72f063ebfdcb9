export const units = ['seconds', 'minutes', 'hours', 'days', 'weeks'] as const
export type Unit = (typeof units)[number]

const written: readonly (readonly [Unit, RegExp, (count: number) => string])[] = [
  ['weeks', /^P(\d+)W$/, (count) => `P${count}W`],
  ['days', /^P(\d+)D$/, (count) => `P${count}D`],
  ['hours', /^PT(\d+)H$/, (count) => `PT${count}H`],
  ['minutes', /^PT(\d+)M$/, (count) => `PT${count}M`],
  ['seconds', /^PT(\d+(?:\.\d+)?)S$/, (count) => `PT${count}S`],
]

/** An ISO 8601 duration of one part, as people say it; null when it has several. */
export function durationParts(text: string): { readonly count: number; readonly unit: Unit } | null {
  for (const [unit, shape] of written) {
    const match = shape.exec(text)
    if (match !== null) return { count: Number(match[1]), unit }
  }
  return null
}

/** @example `durationText(90, 'seconds') // 'PT90S'` */
export function durationText(count: number, unit: Unit): string {
  return written.find(([each]) => each === unit)?.[2](count) ?? ''
}
