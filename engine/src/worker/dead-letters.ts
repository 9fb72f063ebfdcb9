import type { Json } from '@sluice/flows'
import type { FlowEvent } from '../core/run.ts'
import type { StartedRun } from './context.ts'
import { engineLimits } from './limits.ts'
import { type LetterRow, lettersTable } from './operate-tables.ts'
import { problem } from './problem.ts'
import { behindStart, saidBy } from './said-by.ts'
import { starterOf, startRun } from './start.ts'
import type { Work } from './work.ts'

type Cause = Pick<LetterRow, 'reason' | 'flow' | 'trigger' | 'code'>

/** Keeps an event that started nothing. The oldest go when there are too many. */
export function keepLetter(work: Work, event: string, content: FlowEvent, cause: Cause): void {
  const { records } = work.store
  const { type, source, subject } = content
  const id = work.shared.ports.newId()
  records.insert(lettersTable, {
    id,
    at: work.now,
    event,
    type,
    source,
    subject,
    ...cause,
    state: 'open',
    runs: [],
    content: content as unknown as Json,
    authors: saidBy(work).authors ?? null,
  })
  prune(work)
}

function prune(work: Work): void {
  const { records } = work.store
  if (++work.shared.lettersKept % engineLimits.lettersPrunedEach !== 0) return
  records.delete(lettersTable, { at: { lt: work.now - engineLimits.lettersKeptMsMax } })
  const over = records.count(lettersTable) - engineLimits.lettersMax
  if (over <= 0) return
  for (const { id } of records.list(lettersTable, { orderBy: [['id', 'asc']], limit: over })) records.delete(lettersTable, { id })
}

/** Puts a kept event before the flows as they are now. It starts what it fits, and a letter meant for one trigger starts that one only. */
export function redeliver(work: Work, { id }: { readonly id: string }): { readonly runs: readonly StartedRun[] } {
  const letter = work.store.records.find(lettersTable, { id })
  if (letter === null) throw problem('SLU_LETTER_UNKNOWN', 404, `No dead letter ${id}`)
  if (letter.state !== 'open') throw problem('SLU_LETTER_CLOSED', 409, `Dead letter ${id} is ${letter.state}`)
  const event = letter.content as unknown as FlowEvent
  const { starts, failures } = work.shared.flows.match(event, work.now)
  const meant = starts.filter(
    ({ prepared, trigger }) => letter.flow === null || (prepared.flow.key === letter.flow && trigger === letter.trigger),
  )
  const paused = meant.find(({ prepared }) => work.shared.flows.pauseOf(prepared.flow.key) === 'refuse')
  if (paused !== undefined) throw problem('SLU_FLOW_PAUSED', 409, `Flow ${paused.prepared.flow.key} is paused; resume it first`)
  if (meant.length === 0) {
    const why = failures.length === 0 ? 'no active flow listens to it' : `the trigger of ${failures[0]?.flow.key} still fails`
    throw problem('SLU_LETTER_UNWANTED', 409, `Dead letter ${id} would start nothing: ${why}`)
  }
  const depth = work.deeper(meant.length)
  const said = [...new Set([...(letter.authors ?? []), ...(behindStart(work) ?? [])])]
  const authors = said.length === 0 ? undefined : said
  const runs = meant.map(({ prepared, trigger, subject }): StartedRun => {
    const run = work.shared.ports.newId()
    startRun(work, run, { prepared, trigger, data: event.data, event, subject, by: starterOf(work.actor), authors }, depth)
    return { flow: prepared.flow.key, run }
  })
  work.store.records.update(lettersTable, { id }, { state: 'redelivered', runs: runs.map(({ run }) => run) })
  return { runs }
}

export function dismiss(work: Work, { id }: { readonly id: string }): void {
  if (work.store.records.update(lettersTable, { id, state: 'open' }, { state: 'dismissed' }) === 0)
    throw problem('SLU_LETTER_CLOSED', 409, `Dead letter ${id} is not open`)
}
