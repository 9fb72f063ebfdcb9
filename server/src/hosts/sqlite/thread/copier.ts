/** The thread that copies the write-ahead log into the main file, as the engine's thread sees it. */
import { Worker } from 'node:worker_threads'
import { workerFile } from '../../../worker-file.ts'
import type { Copier } from '../checkpoint.ts'
import type { ToCheckpointer } from '../checkpoint-thread.ts'

export interface CopierThread extends Copier {
  stop(): Promise<void>
}

export function startCopier(database: string): CopierThread {
  const worker = new Worker(workerFile('checkpoint'), { workerData: database, resourceLimits: { maxOldGenerationSizeMb: 32 } })
  const say = (message: ToCheckpointer) => worker.postMessage(message)
  let free = true
  let ended = false
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  worker.unref()
  worker.on('message', () => {
    free = true
    ended = true
  })
  // Without it commits copy by themselves, later and more at a time.
  worker.on('error', () => {
    free = false
  })
  return {
    get free() {
      return free
    },
    ended() {
      const was = ended
      ended = false
      return was
    },
    begin() {
      free = false
      say('copy')
    },
    stop() {
      say('stop')
      return gone
    },
  }
}
