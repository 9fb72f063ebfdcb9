/** The engine as the door sees it: requests in, replies after their commit, a feed of what happened, and reads beside it. */
import type { Worker } from 'node:worker_threads'
import type { BegunRow, EngineReply, EngineRequest, FeedItem, NodeOutcome } from '@sluice/engine/worker'
import { type OutsideHandler, problem } from '@sluice/sdk/server'
import { lazyKeyring } from '../../auth/keyring.ts'
import { codePool } from '../../code-pool/pool.ts'
import { type AllowList, parseAllowList } from '../../dispatch/allow-list.ts'
import { answering } from '../../dispatch/answering.ts'
import { type Dispatcher, dispatcher } from '../../dispatch/dispatcher.ts'
import { guardedFetch } from '../../dispatch/guarded-fetch.ts'
import type { OutsideWorld } from '../../dispatch/outside-host.ts'
import { evaluateRow } from '../../expression-pool/evaluate-row.ts'
import { type ExpressionPool, expressionPool } from '../../expression-pool/pool.ts'
import { createDoorParts } from '../../packs/door-parts.ts'
import { dataFolder } from './data-folder.ts'
import { fence, fenceMemory } from './fence.ts'
import { type EngineReader, openEngineReader } from './reader/index.ts'
import type { EngineThreadOptions, Failure, FromEngine, ThreadStats, ToEngine, Watched } from './thread/protocol.ts'
import { requestQueue } from './thread/requests.ts'
import { takeEngineThread } from './thread/warm.ts'

export interface OpenEngineOptions {
  readonly dataFolder: string
  /** Hosts that flows may reach; see `dispatch/allow-list.ts`. Empty: none. */
  readonly allowHosts?: string
  readonly model?: OutsideWorld['model']
  /** Values of named secrets. */
  readonly secret?: (name: string) => string | null
  /** The engine's thread died: nothing can be promised any more. Default: say so and stop the process. */
  readonly onCrash?: (failure: Failure) => void
  /** Module with `createEngineParts()` for the engine's thread, and the matching handlers here; default: the packs of this build. */
  readonly parts?: { readonly module: string; readonly outside: ReadonlyMap<string, OutsideHandler> }
  readonly expressionPool?: ExpressionPool
  /** For tests of a full disk. */
  readonly pagesMax?: number
}

/** The threads for expressions load their code when the server has answered its first requests, or when the first expression needs one. */
const poolWarmAfterMs = 1_000

/** A stop that takes longer is ended the hard way: the next start then recovers as after a crash. */
const stopMsMax = 15_000

export interface EngineClientStats extends ThreadStats {
  readonly waiting: number
  readonly outside: { readonly waiting: number; readonly acting: number }
  readonly expressions: ReturnType<ExpressionPool['stats']>
}

export interface EngineClient {
  /** Answered after the commit that holds it. Never rejects: a refusal is a reply with `ok: false`, its code and HTTP status. */
  execute(request: EngineRequest): Promise<EngineReply>
  readonly reader: EngineReader
  /** The pool for expressions that may take long; previews use it too. */
  readonly expressions: ExpressionPool
  /** What happened, commit by commit. Gives the way to stop listening. */
  onFeed(listener: (items: readonly FeedItem[]) => void, wanted?: Watched): () => void
  stats(): EngineClientStats
  /** Replaces the list of hosts that flows may reach. */
  allowHosts(text: string): void
  /** Online copy into an empty folder. */
  backup(to: string): Promise<void>
  /** Takes no more, finishes what it has, closes the file. */
  close(): Promise<void>
}

export async function openEngine(options: OpenEngineOptions): Promise<EngineClient> {
  const folder = dataFolder(options.dataFolder)
  let allowed: AllowList = parseAllowList(options.allowHosts ?? '')
  const memory = fenceMemory()
  const threadOptions: EngineThreadOptions = {
    root: folder.root,
    model: options.model?.name ?? null,
    fence: memory,
    parts: options.parts?.module ?? null,
    pagesMax: options.pagesMax ?? null,
  }
  const worker = takeEngineThread()
  const post = (message: ToEngine) => worker.postMessage(message)
  const ready = readiness(worker)
  post({ kind: 'open', options: threadOptions })
  await ready

  const door =
    options.parts === undefined
      ? createDoorParts()
      : { outside: options.parts.outside, consumed: new Set<string>(), holds: () => true, start: () => {} }
  door.start({ dataFolder: folder.root, model: options.model?.name ?? null, keyring: lazyKeyring(folder.root) })
  const queue = requestQueue((items) => post({ kind: 'requests', items }), door.consumed)
  const reader = openEngineReader(folder)
  const expressions = options.expressionPool ?? expressionPool({ warmAfterMs: poolWarmAfterMs })
  const code = codePool()
  const outsideFetch = guardedFetch(() => withModel(allowed, options.model))
  const world: OutsideWorld = {
    records: reader.records,
    fetch: outsideFetch.fetch,
    secret: options.secret ?? (() => null),
    model: options.model ?? null,
    runCode: code.run,
    holds: (permit) => door.holds(reader.records, permit),
    now: () => Date.now(),
  }
  const answers = answering(queue.insist)
  const acts: Dispatcher = dispatcher({
    handlers: door.outside,
    world,
    fence: fence(memory),
    answer: answers.send,
    evaluate: (row: BegunRow): Promise<NodeOutcome> => evaluateRow(expressions, row),
  })
  const listeners = new Map<(items: readonly FeedItem[]) => void, Watched>()
  let watched: Watched | null = null
  const watch = () => {
    const wanted = [...listeners.values()]
    const now = wanted.includes('all') ? 'all' : (wanted[0] ?? null)
    if (now !== watched) post({ kind: 'watch', what: now })
    watched = now
  }
  const backups = new Map<number, (failure: Failure | null) => void>()
  let threadStats: ThreadStats | null = null
  let failure: Failure | null = null
  let closing = false
  let backupNumber = 0

  const stopped = new Promise<void>((settle) => {
    worker.on('message', (message: FromEngine) => {
      if (message.kind === 'turn') {
        queue.answered(message.replies)
        if (message.effects.length > 0) acts.take(message.effects)
        if (message.feed.length > 0) for (const listener of listeners.keys()) listener(message.feed)
      } else if (message.kind === 'stats') {
        threadStats = message.stats
        queue.diskOpen = message.stats.diskOpen
      } else if (message.kind === 'backed-up') {
        backups.get(message.id)?.(message.failure)
        backups.delete(message.id)
      } else if (message.kind === 'failed') failure = message.failure
    })
    worker.on('error', (error: Error) => {
      failure ??= { code: 'SLU_ENGINE_CRASHED', status: 500, message: `${error.name} in the engine's thread` }
    })
    worker.on('exit', () => {
      settle()
      queue.close(unavailable)
      if (!closing) (options.onCrash ?? stopProcess)(failure ?? { code: 'SLU_ENGINE_CRASHED', status: 500, message: 'the engine stopped' })
    })
  })
  post({ kind: 'go' })

  return {
    execute: (request) => queue.execute(request),
    reader,
    expressions,
    onFeed(listener, wanted = 'all') {
      listeners.set(listener, wanted)
      watch()
      return () => {
        if (listeners.delete(listener)) watch()
      }
    },
    stats: () => ({
      ...(threadStats ?? noStats),
      waiting: queue.waiting,
      outside: { waiting: acts.waiting, acting: acts.acting },
      expressions: expressions.stats(),
    }),
    allowHosts(text) {
      allowed = parseAllowList(text)
    },
    backup(to) {
      backupNumber += 1
      const id = backupNumber
      return new Promise((settle, reject) => {
        backups.set(id, (failed) => (failed === null ? settle() : reject(problem(failed.code, failed.status, failed.message))))
        post({ kind: 'backup', id, to })
      })
    },
    async close() {
      if (closing) return stopped
      closing = true
      acts.close()
      answers.close()
      post({ kind: 'stop' })
      const patience = setTimeout(() => void worker.terminate(), stopMsMax)
      await stopped
      clearTimeout(patience)
      await Promise.all([expressions.close(), code.close(), outsideFetch.close()])
      reader.close()
    },
  }
}

/** The first word of the thread: ready, or why not. */
function readiness(worker: Worker): Promise<void> {
  return new Promise((settle, reject) => {
    const heard = (message: FromEngine) => {
      if (message.kind === 'failed') failed(problem(message.failure.code, message.failure.status, message.failure.message))
      else done(settle)
    }
    const failed = (error: Error) => done(() => reject(error))
    const gone = () => failed(problem('SLU_ENGINE_CRASHED', 500, 'The engine did not start.'))
    const done = (next: () => void) => {
      worker.off('message', heard).off('error', failed).off('exit', gone)
      next()
    }
    worker.on('message', heard).on('error', failed).on('exit', gone)
  })
}

/** The operator named the model's address on purpose, so it may lie in the own network. */
function withModel(allowed: AllowList, model: OutsideWorld['model'] | undefined): AllowList {
  if (model == null) return allowed
  const { protocol, hostname, port } = new URL(model.url)
  return [...allowed, { host: hostname.toLowerCase(), port: Number(port) || (protocol === 'https:' ? 443 : 80), private: true }]
}

function stopProcess({ code, message }: Failure): void {
  const next = code === 'SLU_DATA_DAMAGED' ? 'If it names damage, restore a backup.' : 'Nothing acknowledged is lost; start it again.'
  process.stderr.write(`Sluice stops: the engine's thread ended unexpectedly (${code}: ${message}). ${next}\n`)
  process.exit(70)
}

const unavailable: EngineReply = { ok: false, code: 'SLU_STOPPING', status: 503, message: 'The server is stopping.', details: [] }

const noStats: ThreadStats = {
  engine: {
    requests: 0,
    refused: 0,
    commits: 0,
    events: 0,
    runsStarted: 0,
    runsEnded: 0,
    steps: 0,
    entries: 0,
    rejections: 0,
    effectsBegun: 0,
    effectsDone: 0,
    timersFired: 0,
    timersFailed: 0,
    inFlight: 0,
  },
  queued: 0,
  walBytes: 0,
  diskOpen: true,
  timerLateMs: 0,
  storedRuns: 0,
  prunedRuns: 0,
  prunedEvents: 0,
}
