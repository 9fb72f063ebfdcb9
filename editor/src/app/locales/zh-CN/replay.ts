import type { replay as en } from '../en/replay.ts'

export const replay: Record<keyof typeof en, string> = {}
