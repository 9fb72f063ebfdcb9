import { randomBytes } from 'node:crypto'
import websocket from '@fastify/websocket'
import type { FeedItem } from '@sluice/engine/worker'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'
import { anonymous } from '../auth/caller.ts'
import { drafts } from '../commands/tables.ts'
import type { Door } from '../door.ts'
import { checkFlow } from '../flows/check-flow.ts'
import { findFlowOf } from '../flows/find-flow.ts'
import { refuse } from '../http/errors/refusal.ts'
import { languageOf } from '../http/language.ts'
import { isId } from '../http/mount.ts'
import { findDraft, nameOf } from '../http/routes/flows.ts'
import { closeCodes, liveLimits } from './limits.ts'
import type { ClientMessage } from './messages.ts'
import { Peer } from './peer.ts'
import { Room } from './room.ts'

export const liveRoute = { method: 'GET', url: '/api/v1/flows/:key/live' } as const

/**
 * `GET /flows/{key}/live`: one socket per open flow. Changes, who is here and comments pass through it. Everything that can be refused
 * is refused before the upgrade, as problem+json; afterwards the close code says why.
 */
export async function mountLive(app: FastifyInstance, door: Door): Promise<void> {
  const rooms = new Map<string, Room>()
  await app.register(websocket, {
    options: { maxPayload: liveLimits.messageBytesMax, perMessageDeflate: false },
    preClose: (done) => {
      clearInterval(heartbeat)
      unsubscribe?.()
      for (const room of rooms.values()) room.close(closeCodes.restart)
      app.websocketServer.close()
      done()
    },
  })
  let unsubscribe: (() => void) | null = null
  const everybody = () => [...rooms.values()].flatMap((room) => [...room.peers])
  const heartbeat = setInterval(() => {
    for (const peer of everybody()) peer.beat()
  }, liveLimits.beatMs)
  heartbeat.unref()

  function hear(items: readonly FeedItem[]): void {
    for (const item of items) {
      if (item.kind !== 'topic') continue
      const { flow, change, etag, thread } = item.data
      const room = typeof flow === 'string' ? rooms.get(flow) : undefined
      if (item.topic === 'comments') room?.tell({ kind: 'comments', thread })
      else if (item.topic === 'flows' && (change === 'saved' || change === 'deleted'))
        room?.stored(change === 'saved' ? String(etag) : null)
    }
  }

  function roomOf(key: string): Room {
    const known = rooms.get(key)
    if (known !== undefined) return known
    const checker = { nodeTypes: door.nodeTypes, secrets: door.config.secrets, findFlow: findFlowOf(door), findsAll: true }
    const room: Room = new Room(key, findDraft(door, key), {
      read: () => door.engine.reader.records.find(drafts, { key }),
      save: async (file, etag, ifMatch, by) => {
        await door.command('flow.save', { key, file, etag, problems: null, ifMatch }, by.caller.actor)
      },
      recount: async (flow, etag) => {
        const problems = checkFlow(flow, checker).problems.filter(({ severity }) => severity === 'error').length
        await door.command('flow.recount', { key, etag, problems }, { kind: 'system', id: 'live' })
      },
      nameOf: (id) => nameOf(door, id),
      onEmpty: () => {
        if (rooms.get(key) === room) rooms.delete(key)
        if (rooms.size > 0) return
        unsubscribe?.()
        unsubscribe = null
      },
      onTrouble: (error) => door.log.error({ err: error, route: liveRoute.url }, 'a shared flow could not be stored'),
    })
    rooms.set(key, room)
    unsubscribe ??= door.engine.onFeed(hear)
    return room
  }

  function take(room: Room, peer: Peer, message: ClientMessage): void {
    if (message.kind === 'change') room.change(peer, message)
    else room.move(peer, { selection: message.selection, field: message.field, cursor: message.cursor, view: message.view })
  }

  function admit(request: FastifyRequest): void {
    const { key = '' } = request.params as { key?: string }
    if (door.stopping) throw refuse('SLU_STOPPING', { headers: { 'retry-after': '5' } })
    if (!isId(key)) throw refuse('SLU_ID_INVALID', { values: { name: 'key' } })
    findDraft(door, key)
    if (!request.ws) throw refuse('SLU_LIVE_EXPECTED')
    const { actor } = request.identity?.caller ?? anonymous
    const here = everybody()
    const mine = here.filter((peer) => peer.owner === `${actor.kind}:${actor.id}`).length
    const inRoom = rooms.get(key)?.peers.size ?? 0
    for (const [count, limit] of [
      [here.length, liveLimits.socketsMax],
      [mine, liveLimits.socketsPerCallerMax],
      [inRoom, liveLimits.peersPerFlowMax],
    ] as const) {
      if (count >= limit) throw refuse('SLU_LIVE_LIMIT', { values: { limit } })
    }
  }

  app.route({
    ...liveRoute,
    exposeHeadRoute: false,
    config: { sameSiteOnly: true },
    preValidation: (request, _reply, done) => {
      try {
        admit(request)
        done()
      } catch (error) {
        done(error as Error)
      }
    },
    handler: () => {
      throw refuse('SLU_LIVE_EXPECTED')
    },
    wsHandler: (socket: WebSocket, request: FastifyRequest) => {
      const { key = '' } = request.params as { key?: string }
      const { language } = request.query as { language?: unknown }
      const room = roomOf(key)
      const peer = new Peer({
        socket,
        id: randomBytes(6).toString('hex'),
        caller: request.identity?.caller ?? anonymous,
        language: languageOf(typeof language === 'string' ? language : request.headers['accept-language']),
        reidentify: () => request.reidentify(),
        now: door.now,
        onMessage: (from, message) => take(room, from, message),
        onClose: (from) => room.leave(from),
      })
      room.enter(peer)
    },
  })
}
