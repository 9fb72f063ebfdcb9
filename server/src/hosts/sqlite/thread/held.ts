/**
 * Answers of urgent requests wait until what was due by their commit is done. The fence itself has committed by then; whoever asked
 * finds what follows from it done as well, and a storm of withdrawals slows its senders down instead of piling up clean-up behind them.
 */
import type { EngineReply } from '@sluice/engine/worker'
import { type Numbered, queueLimits } from './protocol.ts'

export interface HeldAnswers {
  hold(replies: readonly Numbered<EngineReply>[], at: number): void
  /** Those that have waited for all they had to wait for, or long enough. */
  release(nextDueAt: number | null, now: number): readonly Numbered<EngineReply>[]
  releaseAll(): readonly Numbered<EngineReply>[]
  readonly waiting: boolean
}

export function heldAnswers(): HeldAnswers {
  let groups: { readonly at: number; readonly replies: readonly Numbered<EngineReply>[] }[] = []
  function releaseIf(done: (at: number) => boolean): readonly Numbered<EngineReply>[] {
    const released = groups.filter(({ at }) => done(at))
    if (released.length > 0) groups = groups.filter(({ at }) => !done(at))
    return released.flatMap(({ replies }) => replies)
  }
  return {
    hold(replies, at) {
      if (replies.length > 0) groups.push({ at, replies })
    },
    // A clock that was set back: what is not due any more is not waited for.
    release: (nextDueAt, now) =>
      releaseIf((at) => nextDueAt === null || nextDueAt > Math.min(at, now) || now - at >= queueLimits.holdMsMax),
    releaseAll: () => releaseIf(() => true),
    get waiting() {
      return groups.length > 0
    },
  }
}
