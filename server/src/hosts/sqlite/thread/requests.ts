/** The door's side of the queue: many requests in one message, few messages under way, and a bound on what may wait. */
import type { EngineReply, EngineRequest } from '@sluice/engine/worker'
import { type ConsumedTypes, isIntake, isUrgent, lanes } from './lanes.ts'
import { type Numbered, queueLimits } from './protocol.ts'

export interface RequestQueue {
  /** Never rejects: a refusal is a reply that is not ok. */
  execute(request: EngineRequest): Promise<EngineReply>
  /** For results of acts already under way: they are never turned away. */
  insist(request: EngineRequest): Promise<EngineReply>
  answered(replies: readonly Numbered<EngineReply>[]): void
  /** Everything still open gets this answer, and so does everything that comes. */
  close(reply: EngineReply): void
  diskOpen: boolean
  readonly waiting: number
}

interface Waiting {
  readonly settle: (reply: EngineReply) => void
  /** Null for what is urgent: it waits behind nothing, and its answer may be held back for a while. */
  readonly batch: { left: number } | null
}

interface Asked {
  readonly request: EngineRequest
  readonly settle: (reply: EngineReply) => void
}

export function requestQueue(post: (items: readonly Numbered<EngineRequest>[]) => void, consumed: ConsumedTypes): RequestQueue {
  const queue = lanes<Asked>()
  const open = new Map<number, Waiting>()
  let number = 0
  let batches = 0
  let scheduled = false
  let closed: EngineReply | null = null

  function schedule(): void {
    if (scheduled) return
    scheduled = true
    // All that arrive in one turn of the event loop share a message.
    setImmediate(flush)
  }

  function flush(): void {
    scheduled = false
    while (queue.urgent > 0) post(queue.takeUrgent(queueLimits.batchMax).map((waiting) => numbered(waiting, null)))
    while (batches < queueLimits.batchesInFlightMax && queue.length > 0) {
      const taken = queue.take(queueLimits.batchMax)
      const batch = { left: taken.length }
      batches += 1
      post(taken.map((waiting) => numbered(waiting, batch)))
    }
  }

  function numbered({ request, settle }: Asked, batch: Waiting['batch']): Numbered<EngineRequest> {
    number += 1
    open.set(number, { settle, batch })
    return [number, request]
  }

  function insist(request: EngineRequest): Promise<EngineReply> {
    if (closed !== null) return Promise.resolve(closed)
    return new Promise((settle) => {
      queue.push({ request, settle }, isUrgent(request, consumed))
      schedule()
    })
  }

  return {
    diskOpen: true,
    execute(request) {
      if (!this.diskOpen && isIntake(request)) return Promise.resolve(diskFull)
      if (queue.length >= queueLimits.waitingMax && !isUrgent(request, consumed)) return Promise.resolve(busy)
      return insist(request)
    },
    insist,
    answered(replies) {
      for (const [item, reply] of replies) {
        const waiting = open.get(item)
        if (waiting === undefined) continue
        open.delete(item)
        if (waiting.batch !== null) {
          waiting.batch.left -= 1
          if (waiting.batch.left === 0) batches -= 1
        }
        waiting.settle(reply)
      }
      if (queue.length > 0) schedule()
    },
    close(reply) {
      closed = reply
      for (const { settle } of open.values()) settle(reply)
      open.clear()
      for (const { settle } of queue.take(queue.length)) settle(reply)
    },
    get waiting() {
      return queue.length + open.size
    },
  }
}

const busy: EngineReply = {
  ok: false,
  code: 'SLU_BUSY',
  status: 503,
  message: `More than ${queueLimits.waitingMax} requests wait. Try again shortly.`,
  details: [],
}

const diskFull: EngineReply = {
  ok: false,
  code: 'SLU_DISK_FULL',
  status: 503,
  message: 'The disk is full. Nothing was taken in; free some space and try again.',
  details: [],
}
