import type { UserId } from '../core/ids.ts'
import type { Actor } from './context.ts'

/** The person whose doing it is: a token acts for whoever made it, so that nobody gets round the rule of two people by a machine. */
export function personBehind({ kind, id, behind }: Actor): UserId | null {
  return kind === 'user' ? id : kind === 'token' ? (behind ?? null) : null
}
