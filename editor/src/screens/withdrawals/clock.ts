import type { Withdrawal } from '../../app/api/index.ts'

/** The promise of the product; the fence itself stands long before. */
export const limitMs = 90_000
/** Moments at which open steps are tried again and people are told. */
export const escalationSeconds = [30, 60, 80] as const

/** Elapsed by the server's clock: what it said when it was read, plus the time that has passed here since. */
export function clockOf(
  withdrawal: Pick<Withdrawal, 'completedAt' | 'elapsedMs'>,
  readAt: number,
  now: number,
): { readonly elapsedMs: number; readonly isRunning: boolean } {
  const isRunning = withdrawal.completedAt === null
  return { elapsedMs: isRunning ? withdrawal.elapsedMs + Math.max(0, now - readAt) : withdrawal.elapsedMs, isRunning }
}

/** Share of the bar on a logarithmic scale, so that 4 ms and 4 s can both be seen. */
export function logShare(milliseconds: number): number {
  return Math.min(1, Math.log10(Math.max(0, milliseconds) + 1) / Math.log10(limitMs + 1))
}
