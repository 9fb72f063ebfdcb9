import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { makeCaller } from '../auth/caller.ts'
import { liveLimits } from './limits.ts'
import { Peer } from './peer.ts'

const analyst = makeCaller({ actor: { kind: 'user', id: 'u-1' }, name: 'Ann', roles: ['analyst'], rep: null })

class FakeSocket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  bufferedAmount = 0
  readonly did: string[] = []
  ping(): void {
    this.did.push('ping')
  }
  close(code: number): void {
    this.did.push(`close ${code}`)
    this.readyState = 2
  }
  terminate(): void {
    this.did.push('terminate')
  }
  send(text: string): void {
    this.did.push(text)
  }
}

function arrange(roles: readonly string[] | null, now = () => 0) {
  const socket = new FakeSocket()
  const caller = roles === null ? null : makeCaller({ actor: analyst.actor, name: 'Ann', roles, rep: null })
  const peer = new Peer({
    socket: socket as unknown as WebSocket,
    id: 'p',
    caller: analyst,
    language: 'en',
    reidentify: () => (caller === null ? null : { caller, by: 'cookie', user: null, session: null }),
    now,
    onMessage: () => {},
    onClose: () => {},
  })
  return { socket, peer }
}

test.each([
  ['a session that is over', null, 'close 4401'],
  ['a role that may not read flows', ['rep'], 'close 4403'],
  ['other roles than before', ['director'], 'close 1013'],
] as const)('%s ends the socket with the next beat', (_what, roles, did) => {
  const { socket, peer } = arrange(roles)
  peer.beat()
  expect(socket.did).toEqual([did])
})

test('who does not answer a beat is cut off with the next, who answers stays', () => {
  const { socket, peer } = arrange(['analyst'])
  peer.beat()
  socket.emit('pong')
  peer.beat()
  peer.beat()
  expect(socket.did).toEqual(['ping', 'ping', 'terminate'])
})

test('who reads too slowly is cut off instead of filling our memory', () => {
  const { socket, peer } = arrange(['analyst'])
  peer.send('first')
  socket.bufferedAmount = 1e9
  peer.send('second')
  expect(socket.did).toEqual(['first', 'terminate'])
})

test('a clock that goes back does not add up what is sent from then on', () => {
  let at = 7_200_000
  const { socket } = arrange(['analyst'], () => at)
  const say = () => void socket.emit('message', Buffer.from('{"kind":"here","selection":[],"field":null,"cursor":null,"view":null}'), false)
  say()
  at -= 3_600_000
  for (let sent = 0; sent < 2 * liveLimits.messagesPerWindowMax; sent += 1) {
    at += (2 * liveLimits.windowMs) / liveLimits.messagesPerWindowMax
    say()
  }
  expect(socket.did).toEqual([])
})
