import { readKept, writeKept } from './kept.ts'

export type Hint = 'empty' | 'problems'

/** Without acting for so long, somebody may not know how to go on (EDITOR.md §10). */
export const hesitationMs = 8_000

function seen(): readonly string[] {
  return (readKept('hints') ?? '').split(' ')
}

export function wasSeen(hint: Hint): boolean {
  return seen().includes(hint)
}

/** Once is enough, whether it was read or not. */
export function noteSeen(hint: Hint): void {
  if (!wasSeen(hint)) writeKept('hints', [...seen(), hint].join(' ').trim())
}
