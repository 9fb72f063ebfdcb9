import type { FeedItem } from '@sluice/engine/worker'
import type { Caller, Permission } from '@sluice/sdk/server'
import { refuse } from '../http/errors/refusal.ts'

/** What each topic shows, and so what one must be allowed to read. A topic that is not here is sent to nobody. */
const topicPermissions: { readonly [topic: string]: Permission } = {
  tasks: 'tasks.read',
  alerts: 'alerts.read',
  withdrawals: 'withdrawals.read',
  consents: 'consents.read',
  flows: 'flows.read',
  comments: 'flows.read',
  customers: 'customers.read',
  messages: 'messages.read',
  // Each person gets their own alone.
  notices: 'self',
}

export type StreamFilter = (item: FeedItem) => boolean

/**
 * `?run=&flow=&topics=a,b`, and `after` a position. Without any of them: everything the caller may see. Asking for what one may not see
 * is refused. `mayLookAtRun` tells for readers of their own runs which those are.
 */
export function streamFilter(
  query: { readonly [name: string]: unknown },
  caller: Caller,
  mayLookAtRun: (run: string) => boolean,
): StreamFilter {
  const unknown = Object.keys(query).filter((name) => !['run', 'flow', 'topics', 'after'].includes(name) || typeof query[name] !== 'string')
  if (unknown.length > 0)
    throw refuse('SLU_QUERY_INVALID', {
      details: unknown.slice(0, 20).map((name) => ({ path: `/${name.slice(0, 100)}`, message: 'run, flow, topics, after' })),
    })
  const { run, flow, topics } = query as { run?: string; flow?: string; topics?: string }
  const wanted = topics === undefined ? null : topics.split(',').filter((topic) => topic !== '')
  const wantsRuns = run !== undefined || flow !== undefined || wanted === null
  const wantsTopics = wanted !== null || (run === undefined && flow === undefined)
  // Of one run by name: who may look at that one is asked where it is looked up.
  const needed = run !== undefined && flow === undefined ? 'runs.own' : 'runs.read'
  // Without any name: all they may see, which for a rep is what is about their own customers, looked up anew with each piece of news.
  const isOwnOnly = run === undefined && flow === undefined && !caller.may('runs.read') && caller.may('runs.own')
  if ((run !== undefined || flow !== undefined) && !caller.may(needed))
    throw refuse('SLU_PERMISSION_DENIED', { values: { permission: needed } })
  for (const topic of wanted ?? []) assertTopic(topic, caller)

  const maySeeRuns = wantsRuns && (isOwnOnly || caller.may(needed))
  const seen = new Set((wanted ?? Object.keys(topicPermissions)).filter((topic) => maySee(topic, caller)))
  return (item) => {
    if (item.kind === 'topic') return wantsTopics && seen.has(item.topic) && isTheirs(item, caller)
    if (!maySeeRuns || (run !== undefined && item.run !== run) || (flow !== undefined && item.flow !== flow)) return false
    return !isOwnOnly || mayLookAtRun(item.run)
  }
}

function isTheirs({ topic, data }: Extract<FeedItem, { kind: 'topic' }>, { actor }: Caller): boolean {
  return topic !== 'notices' || (data as { readonly person?: unknown }).person === actor.id
}

function assertTopic(topic: string, caller: Caller): void {
  const permission = Object.hasOwn(topicPermissions, topic) ? topicPermissions[topic] : undefined
  if (permission === undefined) {
    const known = Object.keys(topicPermissions).join(', ')
    throw refuse('SLU_QUERY_INVALID', { details: [{ path: '/topics', message: known }] })
  }
  if (!caller.may(permission)) throw refuse('SLU_PERMISSION_DENIED', { values: { permission } })
}

function maySee(topic: string, caller: Caller): boolean {
  const permission = topicPermissions[topic]
  return permission !== undefined && caller.may(permission)
}
