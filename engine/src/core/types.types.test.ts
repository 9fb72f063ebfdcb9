import { expect, test } from 'vitest'
import type { Applier } from './apply.ts'
import type { Command, CommandOf, CompiledFlow, EntryKind, JournalEntry, RunState, TokenId } from './index.ts'
import { apply, decide } from './index.ts'

declare const flow: CompiledFlow
declare const run: RunState

/** Never called: what must not compile is the test. */
export function whatMustNotCompile(): void {
  // @ts-expect-error a run is never changed in place
  run.status = 'failed'
  // @ts-expect-error nor are its tokens
  run.tokens.t1 = undefined
  // @ts-expect-error every command carries its time
  decide(flow, run, { kind: 'run.retry', by: null })
  // @ts-expect-error a completed step names the port it leaves by
  decide(flow, run, { kind: 'node.complete', at: 1, token: 't1', attempt: 1, data: null, why: null })
  // @ts-expect-error only known commands exist
  decide(flow, run, { kind: 'run.restart', at: 1 })
  // @ts-expect-error entries are versioned
  apply(flow, run, { kind: 'run.succeeded', at: 1, output: null })
  // @ts-expect-error a status outside the six does not exist
  const status: RunState['status'] = 'done'
  // @ts-expect-error a join waits with or without a timer, but says which
  const wait: RunState['tokens'][TokenId]['wait'] = { kind: 'join' }
  // @ts-expect-error the table of appliers is exhaustive
  const appliers: { readonly [Kind in EntryKind]: Applier<Kind> } = {}
  // @ts-expect-error an answer says who gave it
  const answer: CommandOf<'task.answer'> = { kind: 'task.answer', at: 1, taskId: 'k', action: 'approve', data: null }
  void [status, wait, appliers, answer]
}

test('a decision says by its type whether there are entries to store', () => {
  const look = (command: Command): readonly JournalEntry[] => {
    const decision = decide({ nodes: {}, triggers: [] } as unknown as CompiledFlow, null, command)
    // @ts-expect-error a rejected decision has no entries
    void decision.entries
    return decision.accepted ? decision.entries : []
  }
  expect(look({ kind: 'run.retry', at: 1, by: null })).toEqual([])
})
