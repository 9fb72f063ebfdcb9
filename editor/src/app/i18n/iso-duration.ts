import type { Format } from './format.ts'

const shape = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/
const day = 86_400_000
const sizes = [365 * day, 30 * day, 7 * day, day, 3_600_000, 60_000, 1_000]

/** `PT48H` in words; what is no ISO 8601 duration stays as it is. @example `durationWords('PT90S', format) // '1 min 30 s'` */
export function durationWords(duration: string, format: Format): string {
  const parts = shape.exec(duration)
  if (parts === null) return duration
  const milliseconds = sizes.reduce((sum, size, index) => sum + Number(parts[index + 1] ?? 0) * size, 0)
  return format.duration(milliseconds)
}
