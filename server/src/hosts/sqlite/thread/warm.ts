/**
 * The engine's thread before it has data: it loads its code while the door's thread loads its own, which is most of what a start takes.
 * It touches nothing until it is told which folder to open.
 */
import { Worker } from 'node:worker_threads'
import { workerFile } from '../../../worker-file.ts'

/**
 * Twice what V8 takes by itself. What a commit works on outlives several small collections and is copied at each of them: 4 µs of a run.
 */
const maxYoungGenerationSizeMb = 96

let warm: Worker | null = null

/** Begins to load the engine. Whoever stops before it is taken does not wait for it. */
export function warmEngineThread(): void {
  warm ??= startThread('warm')
  warm.unref()
}

/** The thread that was warmed, or a new one; nobody else gets it. */
export function takeEngineThread(): Worker {
  const worker = warm ?? startThread('cold')
  warm = null
  worker.ref()
  return worker
}

/** A cold one may be told to load other packs than those of this build. */
function startThread(workerData: 'warm' | 'cold'): Worker {
  return new Worker(workerFile('engine'), { workerData, resourceLimits: { maxYoungGenerationSizeMb } })
}
