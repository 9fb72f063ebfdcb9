import type { alerts as en } from '../en/alerts.ts'

export const alerts: Record<keyof typeof en, string> = {}
