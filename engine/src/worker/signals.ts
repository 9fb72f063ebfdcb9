import type { WaitRequest } from '../core/command.ts'
import type { RunId, TokenId } from '../core/ids.ts'
import type { FlowEvent } from '../core/run.ts'
import { engineLimits } from './limits.ts'
import type { LiveRun } from './live-run.ts'
import type { ArrivedEvent } from './ports.ts'
import { problem } from './problem.ts'
import { saidBy } from './said-by.ts'
import type { Work } from './work.ts'

/**
 * The key a wait is stored under: where it stands, then what it waits for. So an event is evaluated once for each waiting
 * node of each flow version, not once for each of a million waiting runs, and none of them is loaded to be told no.
 */
export function waitKey(live: LiveRun, token: TokenId, key: string): string {
  const { flow } = live.prepared
  return `${flow.key}/${flow.version}/${live.state?.tokens[token]?.node ?? ''}/${key}`
}

/**
 * Wakes the steps that wait for this event: same type, and the event's own key equals theirs. Gives how many. It costs a look-up for each
 * place where runs stand, however many stand there.
 */
export function deliverSignals(work: Work, event: FlowEvent, depth: number): number {
  const { waits } = work.store
  const found: Waiting[] = []
  for (let key = waits.keyFrom(event.type, ''); key !== null; ) {
    const place = placeOf(key)
    const wanted = eventKey(work, place, event)
    if (wanted !== null) found.push(...waits.matching(event.type, place + wanted, engineLimits.signalsMax + 1))
    if (found.length > engineLimits.signalsMax)
      throw problem('SLU_CASCADE_LIMIT', 409, {
        en: `one event would wake more than ${engineLimits.signalsMax} waiting steps; use a narrower key`,
        'zh-CN': `一个事件会唤醒超过 ${engineLimits.signalsMax} 个等待中的步骤，请使用更细的键`,
      })
    key = waits.keyFrom(event.type, behind(place, key))
  }
  const sent = saidBy(work)
  for (const { run, token } of found.sort(byRunAndToken))
    work.follow({ kind: 'ask', depth, run, command: { kind: 'signal.deliver', at: work.now, token, event, ...sent } })
  return found.length
}

type Waiting = { readonly run: RunId; readonly token: TokenId }

/** Wherever they stand: what follows must not depend on the names of flows. */
function byRunAndToken(left: Waiting, right: Waiting): number {
  if (left.run !== right.run) return left.run < right.run ? -1 : 1
  return left.token === right.token ? 0 : left.token < right.token ? -1 : 1
}

/** The least text behind every key of a place: 0 follows the slash that ends it. A key without a place is passed alone. */
function behind(place: string, key: string): string {
  return place === '' ? `${key}\u0000` : `${place.slice(0, -1)}0`
}

/**
 * The first event of this run's lifetime that a step which is about to wait would have taken. Not the one that started the run,
 * and none that this run has taken before: a loop takes them one after the other.
 */
export function earlierEvent(
  work: Work,
  live: LiveRun,
  token: TokenId,
  { type, key }: Extract<WaitRequest, { kind: 'event' }>,
): ArrivedEvent | null {
  const { state, prepared } = live
  const node = state?.tokens[token]?.node
  if (state === null || node === undefined) return null
  const { config } = prepared.node(node)
  const known = takenEvents(work, live)
  const limit = 200
  for (let offset = 0; offset < engineLimits.earlierEventsMax; offset += limit) {
    const events = work.store.inbox.arrived({ type, since: state.startedAt, limit, offset })
    const found = events.find(({ event }) => !known.has(nameOf(event)) && config.matchKey(event, work.now) === key)
    if (found !== undefined) return found
    if (events.length < limit) return null
  }
  const seen = engineLimits.earlierEventsMax
  throw problem('SLU_WAIT_BUFFER_LIMIT', 409, {
    en: `more than ${seen} events ${type} came since the run began; wait for a narrower type`,
    'zh-CN': `运行开始后收到的 ${type} 事件超过 ${seen} 个，请等待更具体的事件类型`,
  })
}

/** Events this run was started by or has taken. */
function takenEvents(work: Work, { id, state, entries }: LiveRun): ReadonlySet<string> {
  const all = [...work.store.journal.read(id).flatMap((row) => row.entries), ...entries]
  const taken = all.flatMap((entry) => (entry.kind === 'signal.received' ? [nameOf(entry.event)] : []))
  return new Set(state?.event == null ? taken : [...taken, nameOf(state.event)])
}

function nameOf({ source, id }: FlowEvent): string {
  return JSON.stringify([source, id])
}

function placeOf(key: string): string {
  let end = -1
  for (let slash = 0; slash < 3; slash++) {
    end = key.indexOf('/', end + 1)
    if (end < 0) return ''
  }
  return key.slice(0, end + 1)
}

/** What the waiting node's `match` gives for this event; null when it gives nothing or fails. */
function eventKey(work: Work, place: string, event: FlowEvent): string | null {
  const [flow = '', version = '', node = ''] = place.split('/')
  return work.shared.flows.get(flow, Number(version)).node(node).config.matchKey(event, work.now)
}
