import { useEffect, useRef, useSyncExternalStore } from 'react'
import { apiBase } from './request.ts'
import { type LiveState, Stream, type StreamMessage, type StreamWish } from './stream.ts'

export type { LiveState, StreamMessage, StreamWish } from './stream.ts'

const stream = new Stream(`${apiBase}/stream`, {
  open: (url) => new EventSource(url, { withCredentials: true }),
  now: () => Date.now(),
  later: (act, milliseconds) => setTimeout(act, milliseconds),
  stop: (timer) => clearTimeout(timer),
})

/**
 * Listens while mounted. `resumed` means the connection was cut in between: read again what you show.
 * @example `const live = useStream({ run: runId }, (message) => { if (message.kind === 'run') add(message.entries) })`
 */
export function useStream(wish: StreamWish, onMessage: (message: StreamMessage) => void): LiveState {
  const latest = useRef(onMessage)
  useEffect(() => {
    latest.current = onMessage
  })
  const key = JSON.stringify(wish)
  useEffect(() => stream.listen(JSON.parse(key) as StreamWish, (message) => latest.current(message)), [key])
  return useLive()
}

export function useLive(): LiveState {
  return useSyncExternalStore(stream.watch, () => stream.live)
}
