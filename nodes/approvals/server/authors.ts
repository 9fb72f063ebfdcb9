import type { StepContext } from '@sluice/sdk'
import { tasks } from '../domain/tables.ts'

/**
 * Whose work a task is about: who started the run by hand or sent its event, who is named as the author, and whose words may be
 * in the value: by an earlier form, the stated output of a skipped step or an event, in this run, in one it was called by or called,
 * and in one it takes up again.
 */
export function authorsOf<Config>(context: StepContext<Config>, named: string | undefined): readonly string[] {
  const authors = new Set<string>(context.run.authors)
  const starter = starterOf(context)
  if (starter !== null) authors.add(starter)
  if (named !== undefined && named !== '') authors.add(named)
  for (const earlier of context.records.list(tasks, { where: { run: context.run.id, state: 'answered', kind: 'task' } })) {
    if (earlier.answeredBy === null || !hasContent(earlier.data)) continue
    authors.add(earlier.answeredBy)
    if (earlier.answeredBehind != null) authors.add(earlier.answeredBehind)
  }
  return [...authors]
}

/** Who sent it in and may take it back: whoever started the run, or is named as the author. */
export function senderOf<Config>(context: StepContext<Config>, named: string | undefined): string | null {
  return starterOf(context) ?? (named === undefined || named === '' ? null : named)
}

/** A token starts nothing itself: who made it is among the authors of the run. An event of the outside or a schedule has none among us. */
function starterOf<Config>({ run }: StepContext<Config>): string | null {
  return run.startedBy?.kind === 'user' ? run.startedBy.id : null
}

export function hasContent(data: unknown): boolean {
  return typeof data === 'object' && data !== null && Object.keys(data).length > 0
}
