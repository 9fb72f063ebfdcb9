/** Tries a flow with a virtual clock: nothing leaves, nothing is stored, a year passes in a moment. Runs in the browser too. */
import type { Json } from '@sluice/flows'
import type { EventExtensions } from './core/extensions.ts'
import type { CompiledFlow, EpochMs, JournalEntry, NodeId, RunError, RunId, RunStatus, Wait } from './core/index.ts'
import { simulationLimits } from './simulate/limits.ts'
import { Rehearsal } from './simulate/rehearsal.ts'
import type { CommandHandler, Gate, NodeRuntime, WriteContext } from './worker/index.ts'

export interface SimulatedEvent {
  /** Milliseconds after the start; 0 unless told. */
  readonly after?: number
  readonly type: string
  readonly id?: string
  readonly source?: string
  readonly subject?: string | null
  readonly data?: Json
  readonly extensions?: EventExtensions
}

/** What a person will do with the next task of a step, so long after it was put to them. */
export interface SimulatedAnswer {
  readonly node: NodeId
  readonly action: string
  readonly data?: Json
  readonly after?: number
}

export interface GivenAnswer {
  readonly run: RunId
  readonly task: string
  readonly action: string
  readonly data: Json
}

/** What a step is said to have given, so long after it began. A list: the first for its first run, the last for all later ones. */
export interface Mock {
  readonly port?: string
  readonly data?: Json
  readonly error?: { readonly code: string; readonly message: string; readonly terminal?: boolean }
  readonly after?: number
  /** Not said: the step does this time what it does. Ends a list whose step is real from then on. */
  readonly real?: boolean
}

export interface SimulationInput {
  readonly flow: CompiledFlow
  /** Node types by name. One without its server half takes its mock, or hands its input on. */
  readonly nodes: ReadonlyMap<string, NodeRuntime>
  /** Flows that this one may call or whose events it may send. */
  readonly others?: readonly CompiledFlow[]
  readonly commands?: ReadonlyMap<string, CommandHandler>
  readonly gates?: readonly Gate[]
  readonly consumers?: ReadonlyMap<string, readonly string[]>
  /** Named commands that set the scene before the first event; one that is refused stops the simulation. */
  readonly given?: readonly { readonly command: string; readonly payload: Json }[]
  readonly events: readonly SimulatedEvent[]
  readonly answers?: readonly SimulatedAnswer[]
  /** What leads a run on from its task; unless told, the answer goes on as it is. */
  readonly answer?: (context: WriteContext, given: GivenAnswer) => void
  readonly mocks?: { readonly [node: NodeId]: Mock | readonly Mock[] }
  readonly startAt: EpochMs
  /** Milliseconds after the start when the simulation ends; a year unless told. */
  readonly until?: number
}

export interface SimulatedRun {
  readonly run: RunId
  readonly flow: string
  readonly status: RunStatus
  readonly output: Json
  readonly error: RunError | null
  /** What it still waits for at the end. */
  readonly waits: readonly { readonly node: NodeId; readonly wait: Wait }[]
}

export interface SimulationResult {
  readonly runs: readonly SimulatedRun[]
  /** Every entry of every run, in the order of time. */
  readonly timeline: readonly { readonly run: RunId; readonly flow: string; readonly seq: number; readonly entry: JournalEntry }[]
  /** What would have left. */
  readonly acts: readonly {
    readonly at: EpochMs
    readonly run: RunId | null
    readonly node: NodeId | null
    readonly handler: string
    readonly request: Json
  }[]
  readonly endedAt: EpochMs
  /** More happened than a simulation shows; the rest was cut. */
  readonly truncated: boolean
}

/** @example `await simulateFlow({ flow, nodes, events: [{ type: 'order.placed', data: { n: 1 } }], startAt: 0 })` */
export async function simulateFlow(input: SimulationInput): Promise<SimulationResult> {
  if (input.events.length > simulationLimits.eventsMax)
    throw new Error(`SLU_SIMULATION_LIMIT: ${input.events.length} events (limit ${simulationLimits.eventsMax}); simulate fewer at once`)
  const rehearsal = new Rehearsal(input)
  const truncated = await rehearsal.play(input.startAt + (input.until ?? simulationLimits.untilMsDefault))
  return rehearsal.result(truncated)
}
