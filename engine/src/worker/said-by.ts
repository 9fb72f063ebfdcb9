import type { UserId } from '../core/ids.ts'
import { personBehind } from './person-behind.ts'
import type { Work } from './work.ts'

/**
 * The people whose words an event may carry: who sends it, or made the token that does, and, when a step emits it, everybody who had a word in that step's run.
 * So a value does not lose its authors on the way from one flow to another.
 */
export function saidBy(work: Work): { readonly authors?: readonly UserId[] } {
  const { actor, executing } = work
  const state = executing === null ? null : (work.runs.get(executing)?.state ?? null)
  const sender = personBehind(actor)
  const authors = new Set(sender === null ? [] : [sender])
  if (state?.startedBy?.kind === 'user') authors.add(state.startedBy.id)
  for (const author of state?.authors ?? []) authors.add(author)
  return authors.size === 0 ? {} : { authors: [...authors] }
}

/** Who is behind a start by a token, which is not named as its starter is; more is to be said only of what a step starts or emits. */
export function behindStart({ actor, executing, runs }: Work): readonly UserId[] | undefined {
  if (executing !== null) return runs.get(executing)?.state?.authors
  const person = actor.kind === 'token' ? personBehind(actor) : null
  return person === null ? undefined : [person]
}
