/**
 * Copies what the write-ahead log holds into the main file, beside the thread that commits: reading, writing and waiting for the disk
 * would otherwise stand between two commits. Only passive checkpoints: they never make a writer or a reader wait.
 * Entry file of the bundle `checkpoint.js`.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { openCheckpointer } from './connection.ts'

/** What the engine's thread says. */
export type ToCheckpointer = 'copy' | 'stop'

const port = parentPort
if (port !== null && typeof workerData === 'string') {
  const db = openCheckpointer(workerData)
  port.on('message', (message: ToCheckpointer) => {
    if (message === 'copy') {
      try {
        db.pragma('wal_checkpoint(PASSIVE)')
      } catch {
        // A full or failing disk: the commits meet it themselves and say so.
      }
      port.postMessage('copied')
      return
    }
    db.close()
    port.close()
  })
}
