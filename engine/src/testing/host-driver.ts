import type { Json } from '@sluice/flows'
import type { JournalEntry, RunState } from '../core/index.ts'

/**
 * A host as a test drives it: the same few things happen to every host, and the runs must come out alike. Each call returns when
 * everything that could be done at that moment is done.
 */
export interface HostDriver {
  start(flow: string, data: Json): Promise<string>
  /** An event that waiting steps may take. */
  event(type: string, data: Json): Promise<void>
  /** Answers the open task of a step. */
  answer(run: string, node: string, action: string, data: Json): Promise<void>
  cancel(run: string, reason: string): Promise<void>
  retry(run: string): Promise<void>
  /** Moves the clock, timer by timer. */
  advance(ms: number): Promise<void>
  run(id: string): Promise<RunState>
  journal(id: string): Promise<readonly JournalEntry[]>
  /** Runs that others started. */
  children(): Promise<readonly string[]>
  /** Outside acts that were done, by idempotency key, how often each. */
  readonly acts: ReadonlyMap<string, number>
  close(): Promise<void>
}
