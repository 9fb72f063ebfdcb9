import type { JsonObject } from '@sluice/flows'
import type { Token } from '../core/run.ts'
import type { Actor, StepContext, WriteContext } from './context.ts'
import { emit } from './events.ts'
import type { LiveRun } from './live-run.ts'
import { orderPackEffect, tellOwner, withdraw } from './outbox.ts'
import { problem } from './problem.ts'
import { rankOfPack, rankPart } from './rank.ts'
import { runCommand } from './run-command.ts'
import { runsOf } from './runs-context.ts'
import type { Work } from './work.ts'

/** What a command may do, bound to the request it runs in and to who asks. */
export function writeContext(work: Work, actor: Actor): WriteContext {
  const { ports } = work.shared
  return {
    records: work.store.records,
    now: work.now,
    actor,
    newId: ports.newId,
    random: ports.random,
    emit: (event) => emit(work, event),
    audit: (kind, refs, payload) => work.store.audit.append({ at: work.now, actor, kind, refs, payload: payload ?? null }),
    schedule({ key, command, dueAt, payload }) {
      if (key.startsWith('$')) throw problem('SLU_TIMER_KEY', 400, 'Timer keys that start with $ belong to the engine')
      work.setTimer({ run: '', id: key, dueAt, command, payload, ...rankPart(rankOfPack(command)) })
    },
    unschedule: (key) => work.clearTimer('', key),
    command: <Result>(name: string, payload: unknown) => runCommand(work, name, payload, actor) as Result,
    effect: (effect) => orderPackEffect(work, effect),
    cancelEffects: (match) => cancelEffects(work, match),
    raiseFence: (subject) => ports.fence.bump(subject),
    runs: runsOf(work, actor),
    notify(topic, data) {
      work.push(work.topics, { kind: 'topic', topic, data })
    },
  }
}

export function stepContext(work: Work, live: LiveRun, token: Token, config: JsonObject): StepContext {
  const { flow } = live.prepared
  return {
    ...writeContext(work, { kind: 'flow', id: flow.key }),
    run: {
      id: live.id,
      flow: flow.key,
      version: flow.version,
      subject: live.index.subject,
      startedBy: live.state?.startedBy ?? null,
      authors: live.state?.authors ?? [],
    },
    node: token.node,
    token: token.id,
    attempt: token.attempt,
    config,
    input: token.input,
    event: live.state?.event ?? null,
  }
}

type Cancelled = ReturnType<WriteContext['cancelEffects']>

/** Acts that have not left are withdrawn and their owners told; those that have are named. */
function cancelEffects(work: Work, match: Parameters<WriteContext['cancelEffects']>[0]): Cancelled {
  const begun: Cancelled['begun'][number][] = []
  let cancelled = 0
  for (const row of work.store.outbox.openOfSubject(match.subject)) {
    if (row.use === null || !match.covers(row.use)) continue
    if (row.state === 'begun' && !work.begun.has(row.id) && (!work.shared.batch.begun.has(row.id) || work.unsent.has(row.id))) {
      begun.push({ id: row.id, run: row.run, use: row.use, begunAt: row.begunAt ?? row.notBefore })
      continue
    }
    withdraw(work, row)
    tellOwner(work, row, { code: 'SLU_EFFECT_CANCELLED', reason: match.reason, why: {} })
    cancelled++
  }
  return { cancelled, begun }
}
