import type { Text } from '@sluice/flows'
import { create } from 'zustand'
import { answerTask, isProblem, newKey, queryClient, type Task, type TaskAnswer } from '../api/index.ts'
import { decisionsKey } from './decisions-key.ts'

/**
 * Decisions made without a network: waiting → sent, or refused with the reason. They lie in this browser until then, under the
 * person who made them, and each keeps its key, so that sending again never decides twice. Never about money.
 */
export interface QueuedDecision extends TaskAnswer {
  readonly key: string
  readonly title: Text
  readonly at: number
  readonly state: 'waiting' | 'refused'
  readonly reason: string | null
}

/** More than this are made online. */
const queuedMax = 50

export const useDecisionQueue = create<{ readonly items: readonly QueuedDecision[] }>(() => ({ items: [] }))

let owner: string | null = null
let isSending = false

/** Takes up what this person left in this browser; what others left is thrown away. */
export function openQueue(user: string): void {
  if (owner === user) return
  owner = user
  useDecisionQueue.setState({ items: readStored(user) })
}

export function forgetQueue(): void {
  owner = null
  localStorage.removeItem(decisionsKey)
  useDecisionQueue.setState({ items: [] })
}

/** Whether a decision may wait here. */
export function mayWait(task: Task): boolean {
  return task.kind !== 'veto' && useDecisionQueue.getState().items.length < queuedMax
}

export function queueDecision(task: Task, answer: TaskAnswer, key: string = newKey()): void {
  const others = useDecisionQueue.getState().items.filter(({ id }) => id !== answer.id)
  keep([...others, { ...answer, key, title: task.titles ?? task.title, at: Date.now(), state: 'waiting', reason: null }])
}

export function dropDecision(id: string): void {
  keep(useDecisionQueue.getState().items.filter((item) => item.id !== id))
}

/** Sends what waits, oldest first; stops where the network does. Gives what was taken and what was refused. */
export async function sendQueued(): Promise<{ readonly sent: readonly QueuedDecision[]; readonly refused: readonly QueuedDecision[] }> {
  const sent: QueuedDecision[] = []
  const refused: QueuedDecision[] = []
  if (isSending) return { sent, refused }
  isSending = true
  try {
    for (const item of useDecisionQueue.getState().items.filter(({ state }) => state === 'waiting')) {
      try {
        const { id, action, data, shownHash } = item
        await answerTask({ id, action, data, shownHash }, item.key)
        sent.push(item)
        dropDecision(item.id)
      } catch (error) {
        if (!isProblem(error) || error.status === 0 || error.status >= 500 || error.status === 401) break
        const refusal: QueuedDecision = { ...item, state: 'refused', reason: error.message }
        refused.push(refusal)
        keep(useDecisionQueue.getState().items.map((each) => (each.id === item.id ? refusal : each)))
      }
    }
  } finally {
    isSending = false
  }
  if (sent.length + refused.length > 0) void queryClient.invalidateQueries({ queryKey: ['tasks'] })
  return { sent, refused }
}

function keep(items: readonly QueuedDecision[]): void {
  useDecisionQueue.setState({ items })
  if (owner !== null) localStorage.setItem(decisionsKey, JSON.stringify({ owner, items }))
}

function readStored(user: string): readonly QueuedDecision[] {
  try {
    const stored = JSON.parse(localStorage.getItem(decisionsKey) ?? 'null') as { owner?: unknown; items?: unknown } | null
    if (stored?.owner === user && Array.isArray(stored.items)) return stored.items.filter(isDecision).slice(0, queuedMax)
  } catch {
    // Somebody else's writing under our name: nothing to take up.
  }
  localStorage.removeItem(decisionsKey)
  return []
}

function isDecision(value: unknown): value is QueuedDecision {
  const item = value as Partial<QueuedDecision> | null
  return (
    typeof item?.id === 'string' && typeof item.action === 'string' && typeof item.shownHash === 'string' && typeof item.key === 'string'
  )
}
