import type { CommandOf } from '../command.ts'
import { payloadRefusal } from '../payload.ts'
import { failStep } from './failure.ts'
import { type Progress, type Rejection, rejected } from './progress.ts'
import { release } from './release.ts'

/** The event's data goes on the wire, as it does behind a trigger; its envelope stays in the journal. */
export function decideSignal(progress: Progress, { token: id, event, authors }: CommandOf<'signal.deliver'>): Rejection | null {
  const token = progress.run.tokens[id]
  if (token?.wait?.kind !== 'event') return rejected('SLU_SIGNAL_LATE', `token ${id} no longer waits for an event`)
  if (token.wait.type !== event.type) return rejected('SLU_SIGNAL_OTHER', `token ${id} waits for ${token.wait.type}, not ${event.type}`)
  release(progress, token, 'answered')
  const received = { kind: 'signal.received', version: 1, at: progress.at, node: token.node, token: id, event } as const
  progress.emit(authors === undefined ? received : { ...received, authors })
  const tooBig = payloadRefusal(event.data)
  if (tooBig !== null) failStep(progress, { ...token, wait: null, limit: null }, { ...tooBig, terminal: true })
  else progress.complete(token, 'out', event.data, { event: event.id, source: event.source })
  return null
}
