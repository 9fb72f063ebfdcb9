/** The engine's own thread: the one writing connection, and everything that decides. Entry file of the bundle `engine.js`. */
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { createEngine } from '@sluice/engine/worker'
import { lazyKeyring } from '../../auth/keyring.ts'
import type { EngineParts } from '../../packs/engine-parts.ts'
import { backup } from './backup.ts'
import { checkpointWatch, inlinePages } from './checkpoint.ts'
import { fence } from './fence.ts'
import { idSource } from './ids.ts'
import { type OpenData, openData } from './open-data.ts'
import { diskGuard } from './reserve.ts'
import { retentionKeeper } from './retention/keeper.ts'
import { retentionLimits } from './retention/limits.ts'
import { readRetention } from './retention/setting.ts'
import { startCopier } from './thread/copier.ts'
import { loop, outgoing } from './thread/loop.ts'
import { type EngineThreadOptions, type FromEngine, failureOf, type ToEngine } from './thread/protocol.ts'

const now = () => Date.now()

async function partsOf(options: EngineThreadOptions): Promise<EngineParts> {
  const module = options.parts === null ? import('../../packs/engine-parts.ts') : import(options.parts)
  return ((await module) as { createEngineParts(): EngineParts }).createEngineParts()
}

function run(port: MessagePort, options: EngineThreadOptions, parts: EngineParts, data: OpenData): void {
  const post = (message: FromEngine) => port.postMessage(message)
  const { db, folder, store } = data
  if (options.pagesMax !== null) db.pragma(`max_page_count = ${options.pagesMax}`)
  const disk = diskGuard(folder)
  disk.look()
  const out = outgoing()
  const { nodes, commands, gates, consumers } = parts
  const ports = { store, clock: { now }, newId: idSource(), random: Math.random, nodes, commands, gates, consumers, dispatch: out }
  const engine = createEngine({ ...ports, fence: fence(options.fence) })
  const copier = startCopier(folder.database)
  db.pragma(`wal_autocheckpoint = ${inlinePages}`)
  const checkpoint = checkpointWatch(db, folder.database, copier)
  const fatal = (error: unknown) => {
    post({ kind: 'failed', failure: failureOf(error) })
    throw error
  }
  const drain = () => {
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) take(next.message as ToEngine)
  }
  const consumed = new Set(consumers.keys())
  const turns = loop({ engine, out, disk, checkpoint, post, drain, now, commitMs: store.commitMs, consumed, fatal })
  const settings = readRetention(store.records, parts.tables)
  const keeper = retentionKeeper({ db, store, now, settings, runsStarted: () => engine.stats().runsStarted })
  const clock = setInterval(() => {
    disk.look()
    post({ kind: 'stats', stats: { ...turns.stats(), ...keeper.stats() } })
  }, 1_000)
  let keeping: NodeJS.Timeout | null = null

  function keep(): void {
    let wait: number = retentionLimits.lookMs
    try {
      wait = keeper.step()
    } catch (error) {
      // A full disk stops pruning for a while, and nothing else does.
      if (failureOf(error).code !== 'SLU_DISK_FULL') fatal(error)
    }
    checkpoint.afterCommit()
    keeping = setTimeout(keep, wait === retentionLimits.pauseMs && !turns.busy ? retentionLimits.idlePauseMs : wait)
  }

  function take(message: ToEngine): void {
    switch (message.kind) {
      case 'go':
        engine.recover()
        turns.flush()
        keeping = setTimeout(keep, retentionLimits.pauseMs)
        break
      case 'open':
        break
      case 'requests':
        turns.push(message.items)
        break
      case 'watch':
        out.watched = message.what
        break
      case 'backup':
        backup(db, folder, message.to, now()).then(
          () => post({ kind: 'backed-up', id: message.id, failure: null }),
          (error: unknown) => post({ kind: 'backed-up', id: message.id, failure: failureOf(error) }),
        )
        break
      case 'stop':
        // What still waits in the port is taken first; a graceful stop loses nothing it was handed.
        setImmediate(stop)
        break
    }
  }

  function stop(): void {
    turns.stop()
    clearInterval(clock)
    if (keeping !== null) clearTimeout(keeping)
    void copier.stop().then(() => {
      checkpoint.finish()
      data.close()
      post({ kind: 'stopped' })
      port.close()
    })
  }

  port.on('message', take)
  post({ kind: 'ready' })
}

async function open(port: MessagePort, message: ToEngine): Promise<void> {
  if (message.kind !== 'open') return
  const { options } = message
  try {
    const parts = await partsOf(options)
    parts.start?.({ dataFolder: options.root, model: options.model, keyring: lazyKeyring(options.root) })
    run(port, options, parts, openData(options.root, parts.tables, now))
  } catch (error) {
    port.postMessage({ kind: 'failed', failure: failureOf(error) } satisfies FromEngine)
    port.close()
  }
}

const port = parentPort
if (port !== null) {
  port.once('message', (message: ToEngine) => void open(port, message))
  // Read before anybody asks; that it cannot be read is said when it is needed.
  if (workerData === 'warm') import('../../packs/engine-parts.ts').catch(() => {})
}
