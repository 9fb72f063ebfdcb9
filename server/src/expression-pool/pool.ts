/**
 * Warm threads for expressions that may take long: endless recursion, huge ranges, slow patterns. A thread has one evaluation at a
 * time, so ending it hurts no other; a new one takes its place.
 * thread: starting → idle → busy → idle … ; busy → ended (clock, heap) → starting
 */
import { Worker } from 'node:worker_threads'
import type { Evaluated, Scope } from '@sluice/engine/expression'
import type { Text } from '@sluice/flows'
import { workerFile } from '../worker-file.ts'
import { type EvaluateAnswer, type EvaluateOrder, poolLimits, readEvaluated } from './protocol.ts'

export interface ExpressionPool {
  /** Never rejects: what goes wrong is an `Evaluated` that is not ok. */
  evaluate(source: string, scope: Scope): Promise<Evaluated>
  /** Several at once, by name: `{ slot, source }` of a step's config. */
  evaluateAll(pending: readonly { readonly slot: string; readonly source: string }[], scope: Scope): Promise<Record<string, Evaluated>>
  stats(): { readonly threads: number; readonly waiting: number; readonly ended: number }
  close(): Promise<void>
}

export interface PoolOptions {
  readonly threads?: number
  readonly evaluateMs?: number
  readonly waitingMax?: number
}

interface Order {
  readonly source: string
  readonly scope: Scope
  readonly settle: (result: Evaluated) => void
}

interface Thread {
  readonly worker: Worker
  order: Order | null
  idle: boolean
  started: boolean
  clock: NodeJS.Timeout | null
}

const timedOut: Text = { en: 'The expression took too long', 'zh-CN': '表达式计算超时' }
const outOfMemory: Text = { en: 'The expression needs more memory than allowed', 'zh-CN': '表达式需要的内存超出限制' }
const tooMany: Text = { en: 'Too many expressions wait to be evaluated; try again', 'zh-CN': '等待计算的表达式过多，请重试' }
const closing: Text = {
  en: 'The server is stopping; the step runs again after the next start',
  'zh-CN': '服务正在停止，重启后将重新执行该步骤',
}

export function expressionPool(options: PoolOptions = {}): ExpressionPool {
  const size = options.threads ?? poolLimits.threads
  const evaluateMs = options.evaluateMs ?? poolLimits.evaluateMs
  const waitingMax = options.waitingMax ?? poolLimits.waitingMax
  const threads = new Set<Thread>()
  const waiting: Order[] = []
  let ended = 0
  let closed = false
  let next = 0

  function start(): void {
    const worker = new Worker(workerFile('evaluate'), {
      resourceLimits: { maxOldGenerationSizeMb: poolLimits.heapMb, stackSizeMb: poolLimits.stackMb },
      // An expression has no business with the environment or the streams.
      env: {},
      stdout: true,
      stderr: true,
    })
    const thread: Thread = { worker, order: null, idle: false, started: false, clock: null }
    threads.add(thread)
    worker.unref()
    worker.on('message', (message: 'ready' | EvaluateAnswer) => {
      if (message !== 'ready') finish(thread, readEvaluated(message.result))
      thread.started = true
      thread.idle = true
      pump()
    })
    worker.on('error', () => replace(thread, outOfMemory))
    worker.on('exit', () => replace(thread, timedOut))
  }

  function finish(thread: Thread, result: Evaluated): void {
    if (thread.clock !== null) clearTimeout(thread.clock)
    const { order } = thread
    thread.order = null
    thread.clock = null
    order?.settle(result)
  }

  /** The first reason wins: a thread that ran out of memory also exits. */
  function replace(thread: Thread, reason: Text): void {
    if (!threads.delete(thread)) return
    finish(thread, limit(reason))
    ended += 1
    if (closed) return
    // One that never came up would otherwise be started in a tight ring.
    if (thread.started) start()
    else setTimeout(() => closed || start(), 1_000).unref()
  }

  function pump(): void {
    for (const thread of threads) {
      if (!thread.idle) continue
      const order = waiting.shift()
      if (order === undefined) return
      thread.idle = false
      thread.order = order
      thread.clock = setTimeout(() => void thread.worker.terminate(), evaluateMs)
      next += 1
      thread.worker.postMessage({ id: next, source: order.source, scope: order.scope } satisfies EvaluateOrder)
    }
  }

  function evaluate(source: string, scope: Scope): Promise<Evaluated> {
    if (closed) return Promise.resolve(limit(closing))
    if (waiting.length >= waitingMax) return Promise.resolve(limit(tooMany))
    return new Promise((settle) => {
      waiting.push({ source, scope, settle })
      pump()
    })
  }

  for (let count = 0; count < size; count += 1) start()

  return {
    evaluate,
    async evaluateAll(pending, scope) {
      const results = await Promise.all(pending.map(async ({ slot, source }) => [slot, await evaluate(source, scope)] as const))
      return Object.fromEntries(results)
    },
    stats: () => ({ threads: threads.size, waiting: waiting.length, ended }),
    async close() {
      closed = true
      for (const order of waiting.splice(0)) order.settle(limit(closing))
      await Promise.all([...threads].map((thread) => thread.worker.terminate()))
    },
  }
}

function limit(message: Text): Evaluated {
  return { ok: false, error: { code: 'SLU_EXPRESSION_LIMIT', message, position: null, reason: null } }
}
