import type { EachPlan, EpochMs, RunId, TaskId, Why, Words } from '@sluice/engine/core'
import type { NodeOutcome, Use } from '@sluice/engine/worker'
import type { Json, JsonObject } from '@sluice/flows'

/** What a step without an outside effect may give: everything but an order to act. */
export type InsideOutcome = Exclude<NodeOutcome, { kind: 'act' }>
export type ActOutcome = Extract<NodeOutcome, { kind: 'act' }>

/** The step is done and leaves by `out`. */
export function output(data: Json, why?: Why): InsideOutcome {
  return leave('out', data, why)
}

/** The step is done and leaves by a named port. */
export function leave(port: string, data: Json, why?: Why): InsideOutcome {
  return why === undefined ? { kind: 'output', port, data } : { kind: 'output', port, data, why }
}

/**
 * This attempt failed. `terminal`: a retry cannot help. What is worded here is given in both languages, so that it is told in the
 * reader's; what somebody else said is given as it was said.
 */
export function failure(code: string, message: string | Words, terminal = true): InsideOutcome {
  if (typeof message === 'string') return { kind: 'failure', error: { code, message, terminal } }
  const { en, 'zh-CN': zh } = message
  return { kind: 'failure', error: { code, message: en, text: { en, 'zh-CN': zh }, terminal } }
}

/** Stay until an instant, then leave by `port` with `data`. */
export function waitUntil(dueAt: EpochMs, data: Json, port = 'out', why?: Why): InsideOutcome {
  return waiting({ kind: 'timer', dueAt, port, data }, why)
}

/**
 * Stay until an event of this type whose correlation equals `key`; leaves by `timeout` when it does not come in time.
 * `buffered`: one that came earlier in the run's lifetime counts too.
 */
export function waitForEvent(type: string, key: string, timeoutAt: EpochMs | null, why?: Why, buffered = false): InsideOutcome {
  return waiting(buffered ? { kind: 'event', type, key, timeoutAt, buffered } : { kind: 'event', type, key, timeoutAt }, why)
}

/** Stay until a person answers; leaves by the port named like the action, or by `expired`. */
export function waitForTask(taskId: TaskId, actions: readonly string[], dueAt: EpochMs | null, why?: Why): InsideOutcome {
  return waiting({ kind: 'task', taskId, actions, dueAt }, why)
}

/** Stay until another run ends; its output leaves by `out`. */
export function waitForRun(run: RunId, why?: Why): InsideOutcome {
  return waiting({ kind: 'call', run }, why)
}

/** Work through a list: only for-each steps, whose region runs once per item. */
export function goThrough(plan: EachPlan): InsideOutcome {
  return { kind: 'each', plan }
}

/** Stay until the lock `key` is free for `limit` at once, then leave by `out` holding it; by `timeout` when it does not come in time. */
export function waitForLock(key: string, limit: number, timeoutAt: EpochMs | null, why?: Why): InsideOutcome {
  return waiting({ kind: 'lock', key, limit, timeoutAt }, why)
}

/** Stay until another line stands at `step`, or leave by `missed` once none can. Nodes of behaviour `milestone` only. */
export function waitForMilestone(step: string, why?: Why): InsideOutcome {
  return waiting({ kind: 'milestone', step }, why)
}

/** End the whole run well, with this output. */
export function stopRun(data: Json): InsideOutcome {
  return { kind: 'stop', output: data }
}

/** End the whole run as failed. */
export function failRun(code: string, message: string): InsideOutcome {
  return { kind: 'fail-run', error: { code, message, terminal: true } }
}

/** How an outside act is ordered, beside what it asks for. */
export interface ActOptions {
  /** Port to leave by when a gate refuses; absent: the step fails with the gate's code. */
  readonly refusedPort?: string
  /** Begin no earlier; the gates are asked then. */
  readonly notBefore?: EpochMs
  /** Pack command that takes the answer before the step goes on; an outcome it returns replaces it. */
  readonly onResult?: string
}

/** Order an outside act; it begins only after the gates agreed in the same transaction. */
export function act(request: JsonObject, use: Use | null, options: ActOptions | string = {}): ActOutcome {
  const { refusedPort, notBefore, onResult }: ActOptions = typeof options === 'string' ? { refusedPort: options } : options
  return {
    kind: 'act',
    request,
    use,
    ...(refusedPort === undefined ? {} : { refusedPort }),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(onResult === undefined ? {} : { onResult }),
  }
}

type WaitOutcome = Extract<NodeOutcome, { kind: 'wait' }>

function waiting(wait: WaitOutcome['wait'], why: Why | undefined): InsideOutcome {
  return why === undefined ? { kind: 'wait', wait } : { kind: 'wait', wait, why }
}
