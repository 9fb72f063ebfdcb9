import type { UserId } from '../core/ids.ts'
import type { Work } from './work.ts'

/**
 * The people whose words an event may carry: who sends it, and, when a step emits it, everybody who had a word in that step's run.
 * So a value does not lose its authors on the way from one flow to another.
 */
export function saidBy(work: Work): { readonly authors?: readonly UserId[] } {
  const { actor, executing } = work
  const state = executing === null ? null : (work.runs.get(executing)?.state ?? null)
  const authors = new Set(actor.kind === 'user' ? [actor.id] : [])
  if (state?.startedBy?.kind === 'user') authors.add(state.startedBy.id)
  for (const author of state?.authors ?? []) authors.add(author)
  return authors.size === 0 ? {} : { authors: [...authors] }
}
