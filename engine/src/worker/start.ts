import type { Json } from '@sluice/flows'
import type { CommandOf, StartGate } from '../core/command.ts'
import type { NodeId, RunId, TokenId, UserId } from '../core/ids.ts'
import type { FlowEvent, Starter } from '../core/run.ts'
import type { Actor } from './context.ts'
import { addRun } from './live-run.ts'
import type { PreparedFlow } from './prepared-flow.ts'
import { problem } from './problem.ts'
import type { Rank } from './rank.ts'
import type { Work } from './work.ts'

export interface Start {
  readonly prepared: PreparedFlow
  readonly trigger: NodeId
  readonly data: Json
  readonly event: FlowEvent | null
  readonly subject: string | null
  readonly by?: Starter | undefined
  /** Of the run that calls. */
  readonly authors?: readonly UserId[] | undefined
  readonly gate?: StartGate | null
  /** How many runs called one another to start this one. */
  readonly callDepth?: number
  /** Of the run that calls, when it goes before this flow's own turn. */
  readonly rank?: Rank | undefined
}

/** The person or token behind a start; nobody among us for the system, a flow or a customer. */
export function starterOf({ kind, id }: Actor): Starter | undefined {
  return kind === 'user' || kind === 'token' ? { kind, id } : undefined
}

type StartCommand = { -readonly [Field in keyof CommandOf<'run.start'>]: CommandOf<'run.start'>[Field] }

/** Names a new run and lets it start once what is on the stack is recorded. */
export function startRun(work: Work, run: RunId, start: Start, depth: number): void {
  const { prepared, trigger, data, event, subject, by, authors, gate = null, callDepth = 0, rank } = start
  addRun(work, run, prepared, { subject, uses: prepared.uses, eventId: event?.id ?? null }, depth)
  const command: StartCommand = { kind: 'run.start', at: work.now, run, trigger, event, data, parent: null }
  if (by !== undefined) command.by = by
  if (authors !== undefined) command.authors = authors
  if (gate !== null) command.gate = gate
  if (callDepth !== 0) command.depth = callDepth
  if (rank === -1 || rank === 0) command.rank = rank
  work.follow({ kind: 'ask', depth, run, command })
  work.shared.counts.runsStarted++
}

/** The trigger to start by hand: the one that was named, the manual one, or the only one. */
export function manualTrigger(prepared: PreparedFlow, trigger: NodeId | null): NodeId {
  const { key, triggers, nodes } = prepared.flow
  const manual = triggers.find((id) => nodes[id]?.type === 'core.manual')
  const chosen = trigger ?? manual ?? (triggers.length === 1 ? triggers[0] : undefined)
  if (chosen === undefined || !triggers.includes(chosen))
    throw problem(
      'SLU_TRIGGER_UNKNOWN',
      404,
      `Flow ${key} has no trigger ${trigger ?? 'to start by hand'}; it has ${triggers.join(', ') || 'none'}`,
    )
  return chosen
}

/** A step waits for the run it has just ordered: tells that run, before it starts, who is waiting. False: it ordered no such run. */
export function linkCall(work: Work, child: RunId, run: RunId, token: TokenId): boolean {
  const at = work.followUps.findIndex((next) => next.kind === 'ask' && next.run === child && next.command.kind === 'run.start')
  const followUp = work.followUps[at]
  if (followUp?.kind !== 'ask' || followUp.command.kind !== 'run.start') return false
  work.followUps[at] = { ...followUp, command: { ...followUp.command, parent: { run, token } } }
  return true
}
