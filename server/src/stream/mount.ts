import type { FeedItem } from '@sluice/engine/worker'
import type { Caller } from '@sluice/sdk/server'
import type { FastifyInstance } from 'fastify'
import { anonymous } from '../auth/caller.ts'
import type { Identity } from '../auth/identify.ts'
import type { Door } from '../door.ts'
import { refuse } from '../http/errors/refusal.ts'
import { httpLimits } from '../http/limits.ts'
import { mayLookAt } from '../http/routes/run-lens.ts'
import { apiHeaders } from '../http/security-headers.ts'
import { streamFilter } from './filter.ts'
import { framer } from './frame.ts'
import { feedHistory } from './history.ts'
import { type Listener, openListener } from './listener.ts'

export const streamRoute = { method: 'GET', url: '/api/v1/stream' } as const

/** On each answer to a screen: where the stream stood before it was looked up. `?after=` that tells all that came since. */
export const positionHeader = 'sluice-position'

/** Runs whose subject is remembered. */
const subjectsMax = 10_000

/** A screen that lost its connection asks again after 2 s, a phone that was put away later. */
const keptAfterLastMs = 60_000

/**
 * `GET /stream`: what was committed, as server-sent events. One subscription to the engine for all screens, and none a minute after
 * the last one left. Each listener sees what their permissions allow.
 */
export function mountStream(app: FastifyInstance, door: Door): void {
  const listeners = new Set<Listener>()
  const history = feedHistory()
  // Whom a run is about never changes, and each piece of news asks it for each rep who listens.
  const subjects = new Map<string, string | null>()
  const subjectOf = (run: string): string | null => {
    const known = subjects.get(run)
    if (known !== undefined) return known
    if (subjects.size >= subjectsMax) subjects.clear()
    const found = door.engine.reader.runs.find(run)
    if (found !== null) subjects.set(run, found.subject)
    return found?.subject ?? null
  }
  const newFrame = () => framer(door.engine.reader.runs)
  let unsubscribe: (() => void) | null = null
  let forgetting: NodeJS.Timeout | undefined
  const heartbeat = setInterval(() => {
    for (const listener of listeners) listener.beat()
  }, 15_000)
  heartbeat.unref()

  const hear = (items: readonly FeedItem[]) => {
    for (const item of items) {
      const entry = history.add(item)
      if (listeners.size === 0) continue
      const frame = newFrame()
      for (const listener of listeners) listener.take(entry, frame)
    }
  }
  const forgetLater = () => {
    clearTimeout(forgetting)
    forgetting = setTimeout(forget, keptAfterLastMs)
    forgetting.unref()
  }
  const leave = (listener: Listener) => {
    if (listeners.delete(listener) && listeners.size === 0) forgetLater()
  }
  const forget = () => {
    unsubscribe?.()
    unsubscribe = null
    history.clear()
  }

  app.addHook('onRequest', (request, reply, done) => {
    if (request.method === 'GET' && request.identity?.by === 'cookie' && !door.stopping) {
      // Whoever reads is about to listen: from here on it is kept what they would otherwise miss in between.
      unsubscribe ??= door.engine.onFeed(hear)
      if (listeners.size === 0) forgetLater()
      reply.header(positionHeader, history.position())
    }
    done()
  })

  app.route({
    ...streamRoute,
    exposeHeadRoute: false,
    config: { sameSiteOnly: true },
    handler: (request, reply) => {
      if (door.stopping) throw refuse('SLU_STOPPING', { headers: { 'retry-after': '5' } })
      const caller = request.identity?.caller ?? anonymous
      const owner = `${caller.actor.kind}:${caller.actor.id}`
      const mine = [...listeners].filter((listener) => listener.owner === owner).length
      if (listeners.size >= httpLimits.streamsMax || mine >= httpLimits.streamsPerCallerMax) {
        throw refuse('SLU_STREAM_LIMIT', {
          values: { limit: mine >= httpLimits.streamsPerCallerMax ? httpLimits.streamsPerCallerMax : httpLimits.streamsMax },
        })
      }
      const filter = streamFilter(request.query as Record<string, unknown>, caller, (id) => {
        const about = subjectOf(id)
        return about !== null && mayLookAt(door, { subject: about }, caller)
      })
      const { run } = request.query as { readonly run?: string }
      // Of a run that is nowhere nothing ever comes: whoever listens must hear that, not wait. A flow may still be published.
      const mayLook = () => {
        const found = run === undefined ? undefined : door.engine.reader.runs.find(run)
        return found === undefined || (found !== null && mayLookAt(door, found, caller))
      }
      if (!mayLook()) throw refuse('SLU_RUN_UNKNOWN')
      reply.hijack()
      reply.raw.writeHead(200, {
        ...apiHeaders,
        'content-type': 'text/event-stream; charset=utf-8',
        'x-accel-buffering': 'no',
        connection: 'keep-alive',
      })
      const mayStill = () => sameRights(request.reidentify(), caller) && mayLook()
      const listener = openListener({
        socket: reply.raw,
        owner,
        filter,
        sight: door.sight(caller),
        stillMay: mayStill,
        onClose: () => leave(listener),
      })
      const { after } = request.query as { readonly after?: string }
      listener.open(history, request.headers['last-event-id'] ?? after, newFrame)
      listeners.add(listener)
      clearTimeout(forgetting)
      unsubscribe ??= door.engine.onFeed(hear)
    },
  })

  app.addHook('preClose', () => {
    clearInterval(heartbeat)
    clearTimeout(forgetting)
    for (const listener of [...listeners]) listener.close()
  })
}

/** Signed out, closed, or given other roles since: the stream ends and the screen asks again. */
function sameRights(now: Identity | null, then: Caller): boolean {
  return now !== null && now.caller.roles.join() === then.roles.join()
}
