/** SQLite does not notice bit rot inside a row, so every row that is not hash-chained carries a checksum of its columns. */
import { crc32 } from 'node:zlib'

/** CRC-32 over the stored values in column order. Finds rot, not malice: the journal and the audit log have hash chains for that. */
export function rowSum(values: readonly unknown[]): number {
  let text = ''
  for (const value of values) text += value === null ? '\u0001\u0000' : `${value as string | number}\u0000`
  return crc32(text)
}
