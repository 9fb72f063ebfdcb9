/**
 * Warm threads for work that may not end: expressions and code of users. A thread has one order at a time, so ending it hurts no
 * other; a new one takes its place.
 * thread: starting → idle → busy → idle … ; busy → ended (clock, heap) → starting
 */
import { Worker } from 'node:worker_threads'
import { type WorkerName, workerFile } from '../worker-file.ts'

/** Why an order got no answer of its own. */
export type PoolFailure = 'time' | 'memory' | 'crowded' | 'closing'

export type PoolAnswer = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: PoolFailure }

export interface ThreadPoolOptions {
  /** Bundle that the thread runs. It says `'ready'` once and then answers each order with one text. */
  readonly worker: WorkerName
  readonly threads: number
  /** Outer clock: a thread that has not answered by then is ended. */
  readonly timeMs: number
  readonly heapMb: number
  readonly stackMb: number
  readonly waitingMax: number
  /** Threads start with the first order instead of at once: for work that most workspaces never have. */
  readonly lazy?: boolean
  /** At once is so much later, or with the first order: what else starts now needs the cores more. */
  readonly warmAfterMs?: number
}

export interface ThreadPool<Order> {
  /** Never rejects. */
  run(order: Order): Promise<PoolAnswer>
  stats(): { readonly threads: number; readonly waiting: number; readonly ended: number }
  close(): Promise<void>
}

interface Thread<Order> {
  readonly worker: Worker
  task: Task<Order> | null
  idle: boolean
  started: boolean
  clock: NodeJS.Timeout | null
}

interface Task<Order> {
  readonly order: Order
  readonly settle: (answer: PoolAnswer) => void
}

export function threadPool<Order>(options: ThreadPoolOptions): ThreadPool<Order> {
  const threads = new Set<Thread<Order>>()
  const waiting: Task<Order>[] = []
  let ended = 0
  let closed = false

  function start(): void {
    const worker = new Worker(workerFile(options.worker), {
      resourceLimits: { maxOldGenerationSizeMb: options.heapMb, stackSizeMb: options.stackMb },
      // What users wrote has no business with the environment or the streams.
      env: {},
      stdout: true,
      stderr: true,
    })
    const thread: Thread<Order> = { worker, task: null, idle: false, started: false, clock: null }
    threads.add(thread)
    worker.unref()
    worker.on('message', (message: string) => {
      if (thread.started) finish(thread, { ok: true, text: message })
      thread.started = true
      thread.idle = true
      pump()
    })
    worker.on('error', () => replace(thread, 'memory'))
    worker.on('exit', () => replace(thread, 'time'))
  }

  function finish(thread: Thread<Order>, answer: PoolAnswer): void {
    if (thread.clock !== null) clearTimeout(thread.clock)
    const { task } = thread
    thread.task = null
    thread.clock = null
    task?.settle(answer)
  }

  /** The first reason wins: a thread that ran out of memory also exits. */
  function replace(thread: Thread<Order>, why: PoolFailure): void {
    if (!threads.delete(thread)) return
    finish(thread, { ok: false, why })
    ended += 1
    if (closed) return
    // One that never came up would otherwise be started in a tight ring.
    if (thread.started) start()
    else setTimeout(() => closed || start(), 1_000).unref()
  }

  function pump(): void {
    for (const thread of threads) {
      if (!thread.idle) continue
      const task = waiting.shift()
      if (task === undefined) return
      thread.idle = false
      thread.task = task
      thread.clock = setTimeout(() => void thread.worker.terminate(), options.timeMs)
      thread.worker.postMessage(task.order)
    }
  }

  function startAll(): void {
    for (let count = threads.size; count < options.threads; count += 1) start()
  }

  if (options.lazy !== true) {
    if (options.warmAfterMs === undefined) startAll()
    else setTimeout(() => closed || startAll(), options.warmAfterMs).unref()
  }

  return {
    run(order) {
      if (closed) return Promise.resolve({ ok: false, why: 'closing' })
      if (waiting.length >= options.waitingMax) return Promise.resolve({ ok: false, why: 'crowded' })
      return new Promise((settle) => {
        waiting.push({ order, settle })
        if (threads.size === 0) startAll()
        pump()
      })
    },
    stats: () => ({ threads: threads.size, waiting: waiting.length, ended }),
    async close() {
      closed = true
      for (const task of waiting.splice(0)) task.settle({ ok: false, why: 'closing' })
      await Promise.all([...threads].map((thread) => thread.worker.terminate()))
    },
  }
}
