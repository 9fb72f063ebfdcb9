import type { withdrawals as en } from '../en/withdrawals.ts'

export const withdrawals: Record<keyof typeof en, string> = {}
