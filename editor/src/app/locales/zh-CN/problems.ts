import type { problems as en } from '../en/problems.ts'

export const problems: Record<keyof typeof en, string> = {}
