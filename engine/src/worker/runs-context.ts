import type { Command } from '../core/command.ts'
import type { RunId } from '../core/ids.ts'
import { payloadRefusal } from '../core/payload.ts'
import type { Starter } from '../core/run.ts'
import { admit } from './admission.ts'
import { depthNow } from './behind.ts'
import type { Actor, WriteContext } from './context.ts'
import { engineLimits } from './limits.ts'
import { ask, type LiveRun, loadRun } from './live-run.ts'
import { withdrawStep } from './outbox.ts'
import { assertNotPaused } from './pause.ts'
import { personBehind } from './person-behind.ts'
import type { PreparedFlow } from './prepared-flow.ts'
import { problem } from './problem.ts'
import { type Rank, rankOfFlow, rankOfRun } from './rank.ts'
import { behindStart } from './said-by.ts'
import { manualTrigger, starterOf, startRun } from './start.ts'
import type { Work } from './work.ts'

/** What commands and steps may do to runs. What is asked of the run whose step is on the stack waits until that step is recorded. */
export function runsOf(work: Work, actor: Actor): WriteContext['runs'] {
  const by = personBehind(actor)
  const at = work.now
  return {
    ofSubject: (subject) => ofSubject(work, subject),
    start(flow, trigger, data, event, about) {
      const tooBig = payloadRefusal(data)
      if (tooBig !== null) throw problem('SLU_PAYLOAD_LIMIT', 413, tooBig.text)
      const prepared = work.shared.flows.active(flow)
      if (work.executing === null) assertNotPaused(work, flow)
      const callDepth = depthBelow(work, flow)
      const run = work.shared.ports.newId()
      const chosen = manualTrigger(prepared, trigger)
      const rank = rankFromCaller(work, prepared)
      const admission = admit(work, { prepared, event, data, run, rank: rank ?? rankOfFlow(prepared) })
      if (admission.kind === 'drop')
        throw problem('SLU_FLOW_FULL', 409, {
          en: `Flow ${flow} takes no more runs now: its ${admission.by} limit is reached and drops what does not fit`,
          'zh-CN': `流程 ${flow} 暂不接受新的运行：已达到限制，超出的部分会被丢弃`,
        })
      startRun(
        work,
        run,
        {
          prepared,
          trigger: chosen,
          data,
          event,
          subject: about ?? event?.subject ?? null,
          by: behind(work, actor),
          authors: behindStart(work),
          gate: admission.gate,
          callDepth,
          rank,
        },
        work.deeper(1),
      )
      return run
    },
    cancel(run, reason, options) {
      const live = loadRun(work, run)
      if (live === null || live.state === null || live.state.endedAt !== null) return false
      return put(work, live, { kind: 'run.cancel', at, reason, by, ...options })
    },
    retry: (run) => insist(work, get(work, run), { kind: 'run.retry', at, by }),
    answerTask: (run, taskId, action, data, person, why, authors = []) =>
      insist(work, get(work, run), {
        kind: 'task.answer',
        at,
        taskId,
        action,
        data,
        by: person,
        ...(why === undefined ? {} : { why }),
        ...(authors.length === 0 ? {} : { authors }),
      }),
    noteTask(run, taskId, act, person, why) {
      const live = loadRun(work, run)
      return live?.state != null && put(work, live, { kind: 'task.note', at, taskId, act, by: person, why })
    },
    completeStep(run, token, port, data, why) {
      const live = loadRun(work, run)
      const standing = live?.state?.tokens[token]
      if (live === null || standing === undefined) return false
      const { attempt } = standing
      const accepted = put(work, live, { kind: 'node.complete', at, token, attempt, port, data, why: why ?? null })
      if (accepted) withdrawStep(work, run, token, attempt)
      return accepted
    },
    forget: (which) => work.push(work.forgotten, which),
    nodeTypes: (flow) => [...new Set(Object.values(work.shared.flows.active(flow).flow.nodes).map(({ type }) => type))],
  }
}

/** Runs that call one another over years, with waits in between, are a ring all the same. */
function depthBelow(work: Work, flow: string): number {
  const depth = depthNow(work)
  if (depth > engineLimits.callDepthMax)
    throw problem('SLU_CALL_DEPTH', 409, {
      en: `flow ${flow} would be called by ${depth} runs, each called by the one before (limit ${engineLimits.callDepthMax}); end the ring with a condition, or start it by a schedule`,
      'zh-CN': `流程 ${flow} 将处于第 ${depth} 层调用（上限 ${engineLimits.callDepthMax}）；请用条件结束循环调用，或改用定时触发`,
    })
  return depth
}

/** Of the run whose step is on the stack, when that one goes before the flow it calls. */
function rankFromCaller(work: Work, prepared: PreparedFlow): Rank | undefined {
  const caller = work.executing === null ? undefined : work.runs.get(work.executing)
  const rank = caller === undefined ? undefined : rankOfRun(caller)
  return rank !== undefined && rank < rankOfFlow(prepared) ? rank : undefined
}

/** A run that another run calls is that one's starter's doing. */
function behind(work: Work, actor: Actor): Starter | undefined {
  return work.executing === null ? starterOf(actor) : work.runs.get(work.executing)?.state?.startedBy
}

function get(work: Work, run: RunId): LiveRun {
  const live = loadRun(work, run)
  if (live?.state == null) throw problem('SLU_RUN_UNKNOWN', 404, `No run ${run}`)
  return live
}

function put(work: Work, live: LiveRun, command: Command): boolean {
  if (work.executing !== live.id) return ask(work, live, command).accepted
  work.follow({ kind: 'ask', depth: work.depth, run: live.id, command })
  return true
}

function insist(work: Work, live: LiveRun, command: Command): void {
  if (work.executing === live.id) {
    work.follow({ kind: 'ask', depth: work.depth, run: live.id, command })
    return
  }
  const decision = ask(work, live, command)
  if (!decision.accepted) throw problem(decision.code, statusOf(decision.code), decision.reason)
}

/** Wrong input is 422; everything else the core refuses came too late. */
function statusOf(code: string): number {
  return code === 'SLU_TASK_ACTION_UNKNOWN' || code === 'SLU_PAYLOAD_LIMIT' ? 422 : 409
}

/** Live runs about this person, counting what this very request started or ended. */
function ofSubject(work: Work, subject: string): ReturnType<WriteContext['runs']['ofSubject']> {
  const found = new Map<RunId, LiveRun>()
  for (const { id } of work.store.runs.liveOfSubject(subject)) {
    const live = loadRun(work, id)
    if (live !== null) found.set(id, live)
  }
  for (const live of work.runs.values()) if (live.index.subject === subject) found.set(live.id, live)
  return [...found.values()].flatMap((live) => {
    const { state, index, prepared } = live
    if (state === null || state.endedAt !== null) return []
    const tokens = Object.values(state.tokens)
    const timers = tokens.filter(({ wait, limit }) => limit != null || (wait !== null && 'timerId' in wait && wait.timerId !== null)).length
    const tasks = tokens.filter(({ wait }) => wait?.kind === 'task').length
    const { key, version } = prepared.flow
    return [{ id: live.id, flow: key, version, status: state.status, subject, uses: index.uses, timers, tasks }]
  })
}
