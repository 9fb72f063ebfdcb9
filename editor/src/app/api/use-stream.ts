import { useEffect, useRef, useSyncExternalStore } from 'react'
import { apiBase } from './request.ts'
import { noticeSignOut, useMay } from './session.ts'
import { type LiveState, Stream, type StreamMessage, type StreamWish } from './stream.ts'
import { takePosition } from './stream-position.ts'

export type { LiveState, StreamMessage, StreamWish } from './stream.ts'

const stream = new Stream(`${apiBase}/stream`, {
  open: (url) => new EventSource(url, { withCredentials: true }),
  now: () => Date.now(),
  later: (act, milliseconds) => setTimeout(act, milliseconds),
  stop: (timer) => clearTimeout(timer),
  position: takePosition,
  cut: () => void noticeSignOut(),
})

if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', () => stream.rest())
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) stream.wake()
  })
}

/** What one must be allowed to read for a topic; the server refuses the whole stream for one topic too many. */
const topicPermissions: Readonly<Record<string, string>> = {
  tasks: 'tasks.read',
  alerts: 'alerts.read',
  withdrawals: 'withdrawals.read',
  consents: 'consents.read',
  flows: 'flows.read',
  customers: 'customers.read',
  messages: 'messages.read',
}

/** Everybody's own, and nobody else's. */
const ownTopic = 'notices'

/** The part of a wish that this person may have. */
export function allowedWish(wish: StreamWish, may: (permission: string) => boolean): StreamWish {
  const topics = (wish.topics ?? []).filter((topic) => topic === ownTopic || may(topicPermissions[topic] ?? topic))
  // The server sends those who read their own runs alone what is about their customers.
  const { run, runs: every } = wish
  const own = may('runs.own') ? { ...(run !== undefined && { run }), ...(every !== undefined && { runs: every }) } : {}
  const runs = may('runs.read') ? wish : own
  return { ...runs, topics }
}

/**
 * Listens while mounted. `resumed` means that something may have been missed: read again what you show.
 * @example `const live = useStream({ run: runId }, (message) => { if (message.kind === 'run') add(message.entries) })`
 */
export function useStream(wish: StreamWish, onMessage: (message: StreamMessage) => void): LiveState {
  const latest = useRef(onMessage)
  useEffect(() => {
    latest.current = onMessage
  })
  const key = JSON.stringify(allowedWish(wish, useMay()))
  useEffect(() => stream.listen(JSON.parse(key) as StreamWish, (message) => latest.current(message)), [key])
  return useLive()
}

export function useLive(): LiveState {
  return useSyncExternalStore(stream.watch, () => stream.live)
}
