import type { ServerResponse } from 'node:http'
import type { Sight } from '@sluice/sdk/server'
import { httpLimits } from '../http/limits.ts'
import type { StreamFilter } from './filter.ts'
import type { Framer } from './frame.ts'
import type { FeedHistory, HistoryEntry } from './history.ts'

export interface Listener {
  readonly owner: string
  open(history: FeedHistory, lastId: string | string[] | undefined, newFrame: () => Framer): void
  take(entry: HistoryEntry, frame: Framer): void
  /** Keeps proxies from closing a silent line, looks whether the person may still listen, and cuts off who reads nothing. */
  beat(): void
  close(): void
}

export interface ListenerOptions {
  readonly socket: ServerResponse
  readonly owner: string
  readonly filter: StreamFilter
  readonly sight: Sight
  readonly stillMay: () => boolean
  readonly onClose: () => void
}

export function openListener({ socket, owner, filter, sight, stillMay, onClose }: ListenerOptions): Listener {
  let behind = false
  let behindAtLastBeat = false
  const write = (text: string) => {
    if (!socket.writable) return
    if (socket.writableLength > httpLimits.streamBytesMax) behind = true
    else socket.write(text)
  }
  const reset = () => write('event: reset\ndata: {}\n\n')
  socket.on('drain', () => {
    if (!behind) return
    behind = false
    behindAtLastBeat = false
    reset()
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', onClose)

  const listener: Listener = {
    owner,
    open(history, lastId, newFrame) {
      write('retry: 2000\n\n')
      if (typeof lastId !== 'string' || lastId === '') return
      const missed = history.after(lastId)
      if (missed === null) reset()
      else for (const entry of missed) listener.take(entry, newFrame())
    },
    take(entry, frame) {
      if (!behind && filter(entry.item)) write(frame(entry, sight))
    },
    beat() {
      if (!stillMay()) listener.close()
      else if (behindAtLastBeat) socket.destroy()
      else if (behind) behindAtLastBeat = true
      else write(': beat\n\n')
    },
    close() {
      if (socket.writable) socket.end()
    },
  }
  return listener
}
