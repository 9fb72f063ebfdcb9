import type { Caller, RouteHost } from '@sluice/sdk/server'
import type { BulkItem, BulkOutcome } from '../../commands/bulk.ts'
import type { RunChoice } from '../../commands/flows.ts'
import type { Door } from '../../door.ts'
import { refuse } from '../errors/refusal.ts'
import { httpLimits } from '../limits.ts'

export const runChoices = ['finish', 'move', 'stop'] as const satisfies readonly RunChoice[]

/** What became of the runs on other versions. */
export interface Settled {
  readonly choice: RunChoice
  readonly done: number
  /** Could not be moved as they stand; they finish on their version. */
  readonly left: readonly { readonly run: string; readonly code: string | null }[]
  /** More than one request settles were alive. */
  readonly more: boolean
}

interface Order {
  readonly key: string
  readonly version: number
  readonly choice: RunChoice | null
  readonly reason: string
  readonly caller: Caller
}

const triesMax = 3
/** How many are named in the answer; the number is always whole. */
const leftShownMax = 100

/** Whoever publishes may let runs finish; touching them is the right of those who may act on runs. */
export function assertMaySettle(choice: RunChoice | null, caller: Caller): void {
  if (choice === null || choice === 'finish' || caller.may('runs.act')) return
  throw refuse('SLU_PERMISSION_DENIED', { values: { permission: 'runs.act' } })
}

/**
 * Carries out what was chosen for the runs that live on other versions, in batches that are each shown and done like any bulk action.
 * The version is live before the first of them: a server that stops in between leaves runs on their old version, which is always safe.
 */
export async function settleRuns(door: Door, host: RouteHost, { key, version, choice, reason, caller }: Order): Promise<Settled> {
  const settled = { choice: choice ?? 'finish', done: 0, left: [], more: false } as const
  if (choice === null || choice === 'finish') return settled
  const { runs, more } = living(door, key, version)
  const outcomes: BulkOutcome[] = []
  for (let at = 0; at < runs.length; at += httpLimits.bulkRunsMax) {
    const batch = runs.slice(at, at + httpLimits.bulkRunsMax)
    outcomes.push(...(await settleBatch(host, { choice, batch, version, reason }, caller)))
  }
  const left = outcomes.flatMap(({ run, ok, code }) => (ok ? [] : [{ run, code }]))
  return { choice, done: outcomes.length - left.length, left: left.slice(0, leftShownMax), more: more || left.length > leftShownMax }
}

function living(door: Door, key: string, version: number): { readonly runs: readonly string[]; readonly more: boolean } {
  const found: string[] = []
  let cursor: string | null = null
  do {
    const page = door.engine.reader.runs.list({
      flow: key,
      status: ['running', 'waiting', 'incident'],
      limit: httpLimits.bulkRunsMax,
      ...(cursor === null ? {} : { cursor }),
    })
    found.push(...page.items.flatMap((run) => (run.version === version ? [] : [run.id])))
    cursor = page.next
  } while (cursor !== null && found.length < httpLimits.settleRunsMax)
  return { runs: found.slice(0, httpLimits.settleRunsMax), more: cursor !== null || found.length > httpLimits.settleRunsMax }
}

async function settleBatch(
  host: RouteHost,
  { choice, batch, version, reason }: { choice: 'move' | 'stop'; batch: readonly string[]; version: number; reason: string },
  caller: Caller,
): Promise<readonly BulkOutcome[]> {
  const order = choice === 'move' ? { action: 'move' as const, runs: batch, version } : { action: 'cancel' as const, runs: batch }
  for (let attempt = 1; ; attempt++) {
    const { shown } = await host.command<{ shown: string; items: readonly BulkItem[] }>('runs.preview-bulk', order, caller)
    try {
      return await host.command<readonly BulkOutcome[]>('runs.bulk', { ...order, shown, reason }, caller)
    } catch (error) {
      // A run went on between the look and the act: look again.
      if ((error as { code?: string }).code !== 'SLU_BULK_CHANGED' || attempt === triesMax) throw error
    }
  }
}
