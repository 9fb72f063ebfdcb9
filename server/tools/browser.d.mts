export const browserFlags: readonly string[]
export function findBrowser(): string | null
export function ensureBrowser(): string
