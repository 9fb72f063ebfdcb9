import { canvas } from './canvas.ts'
import { template } from './template.ts'

/** What an open canvas says; the drawing on it has its own part. */
export const builder = { ...template, ...canvas } as const
