/**
 * The engine's turn: what is urgent in a commit of its own; then a batch of the rest, one group commit; then due timers for a short
 * while, one commit; then the answers. A burst of events or a million due timers holds no withdrawal up, nor each other.
 */
import type { BegunRow, Dispatch, Engine, EngineReply, EngineRequest, FeedItem } from '@sluice/engine/worker'
import type { CheckpointWatch } from '../checkpoint.ts'
import type { DiskGuard } from '../reserve.ts'
import { heldAnswers } from './held.ts'
import { type ConsumedTypes, isIntake, isUrgent, lanes } from './lanes.ts'
import { type Pace, pace } from './pace.ts'
import { type FromEngine, failureOf, type Numbered, queueLimits, type ThreadStats, type Watched } from './protocol.ts'

/** Collects what the engine wants done after a commit, until the turn's message leaves. */
export interface Outgoing extends Dispatch {
  watched: Watched | null
  take(): { readonly effects: readonly BegunRow[]; readonly feed: readonly FeedItem[] }
}

export function outgoing(): Outgoing {
  let effects: BegunRow[] = []
  let feed: FeedItem[] = []
  return {
    watched: null,
    effects(rows) {
      effects.push(...rows)
    },
    feed(items) {
      // Journal entries are copied between threads only while someone looks.
      if (this.watched === null) return
      for (const item of items) if (this.watched === 'all' || item.kind === 'topic') feed.push(item)
    },
    take() {
      const taken = { effects, feed }
      effects = []
      feed = []
      return taken
    },
  }
}

export interface LoopPorts {
  readonly engine: Engine
  readonly out: Outgoing
  readonly disk: DiskGuard
  readonly checkpoint: CheckpointWatch
  readonly post: (message: FromEngine) => void
  /** Takes over what arrived while the last commit was written, so that the next one is as large as it can be. */
  readonly drain: () => void
  readonly now: () => number
  /** What writing a commit to the disk takes at the moment. */
  readonly commitMs: () => number
  readonly consumed: ConsumedTypes
  /** The data can no longer be trusted. */
  readonly fatal: (error: unknown) => void
}

export interface Loop {
  push(items: readonly Numbered<EngineRequest>[]): void
  /** Sends what a commit outside a turn left behind. */
  flush(): void
  /** Something waits to be done now. */
  readonly busy: boolean
  stats(): Omit<ThreadStats, 'storedRuns' | 'prunedRuns' | 'prunedEvents'>
  /** Works off the queue, then no more. */
  stop(): void
}

/** A clock that is set forward, or a machine that slept, wakes nobody: so often the clock is looked at while timers are armed. */
const alarmMsMax = 1_000

export function loop(ports: LoopPorts): Loop {
  const { engine, out, disk, checkpoint, post } = ports
  const queue = lanes<Numbered<EngineRequest>>()
  const held = heldAnswers()
  const speed = { urgent: pace(), plain: pace(), timers: pace({ ms: queueLimits.ringMsMax, min: 4 }) }
  let scheduled = false
  let stopped = false
  let alarm: NodeJS.Timeout | null = null
  let lateMs = 0
  /** Due timers could not be written down for want of space. */
  let stalled = false

  function schedule(): void {
    if (scheduled || stopped) return
    scheduled = true
    setImmediate(turn)
  }

  function turn(): void {
    scheduled = false
    if (stopped) return
    ports.drain()
    work()
    if (queue.length > 0 || held.waiting) schedule()
    else setAlarm()
  }

  function work(): void {
    held.hold(answer(queue.takeUrgent(speed.urgent.batchMax), speed.urgent), ports.now())
    // More of them wait: nothing else comes between.
    const replies = queue.urgent > 0 ? [] : answer(queue.take(speed.plain.part(queue.length, ports.commitMs())), speed.plain)
    ringDue()
    send([...replies, ...held.release(engine.nextDueAt(), ports.now())])
    checkpoint.afterCommit()
  }

  function send(replies: readonly Numbered<EngineReply>[]): void {
    const { effects, feed } = out.take()
    if (replies.length + effects.length + feed.length > 0) post({ kind: 'turn', replies, effects, feed })
  }

  function answer(batch: readonly Numbered<EngineRequest>[], speed: Pace): readonly Numbered<EngineReply>[] {
    if (batch.length === 0) return []
    const began = ports.now()
    const replies = execute(batch.map(([, request]) => request))
    speed.took(batch.length, ports.now() - began)
    return batch.map(([number], position) => [number, replies[position] ?? unanswered])
  }

  function execute(requests: readonly EngineRequest[]): readonly EngineReply[] {
    try {
      return engine.execute(requests)
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code !== 'SLU_DISK_FULL') {
        if (failure.code === 'SLU_DATA_DAMAGED') ports.fatal(error)
        return requests.map(() => ({ ok: false, details: [], ...failure }))
      }
      disk.full()
      return executeWithoutIntake(requests)
    }
  }

  /** The reserve was freed: what is under way may still be written down, new work may not come in. */
  function executeWithoutIntake(requests: readonly EngineRequest[]): readonly EngineReply[] {
    const kept = requests.filter((request) => !isIntake(request))
    let replies: readonly EngineReply[] = []
    try {
      replies = kept.length === 0 ? [] : engine.execute(kept)
    } catch (error) {
      replies = kept.map(() => ({ ok: false, details: [], ...failureOf(error) }))
    }
    let next = 0
    return requests.map((request) => (isIntake(request) ? diskFull : (replies[next++] ?? unanswered)))
  }

  function ringDue(): void {
    const due = engine.nextDueAt()
    if (due === null || due > ports.now()) return
    lateMs = Math.max(lateMs, ports.now() - due)
    try {
      const began = ports.now()
      const rung = engine.fireDue(Math.min(queueLimits.timersPerTurn, speed.timers.batchMax))
      speed.timers.took(rung, ports.now() - began)
      stalled = false
    } catch (error) {
      if (failureOf(error).code !== 'SLU_DISK_FULL') ports.fatal(error)
      stalled = true
      disk.full()
    }
  }

  function setAlarm(): void {
    if (alarm !== null) clearTimeout(alarm)
    alarm = null
    const due = engine.nextDueAt()
    if (due === null) return
    const wait = due - ports.now()
    if (wait <= 0 && !stalled) schedule()
    else alarm = setTimeout(schedule, Math.min(Math.max(wait, stalled ? alarmMsMax : 1), alarmMsMax))
  }

  return {
    push(items) {
      for (const item of items) queue.push(item, isUrgent(item[1], ports.consumed), engine.rankOf(item[1]))
      schedule()
    },
    flush() {
      send([])
      schedule()
    },
    get busy() {
      return scheduled || queue.length > 0
    },
    stats() {
      const stats = {
        engine: engine.stats(),
        queued: queue.length,
        walBytes: checkpoint.walBytes(),
        diskOpen: disk.open,
        timerLateMs: lateMs,
      }
      lateMs = 0
      return stats
    },
    stop() {
      ports.drain()
      while (queue.length > 0) work()
      send(held.releaseAll())
      stopped = true
      if (alarm !== null) clearTimeout(alarm)
    },
  }
}

const unanswered: EngineReply = { ok: false, code: 'SLU_INTERNAL', status: 500, message: 'The engine gave no answer.', details: [] }

const diskFull: EngineReply = {
  ok: false,
  code: 'SLU_DISK_FULL',
  status: 503,
  message: 'The disk is full. Nothing was taken in; free some space and try again.',
  details: [],
}
