import type { Scope } from '@sluice/engine/expression'
import type { Preview, PreviewKind } from './evaluate.ts'
import type { EvaluateRequest } from './evaluate.worker.ts'
import { previewMsMax, tookTooLong } from './preview-limit.ts'

/** A fresh worker first has to load; that is not the expression's fault. */
const loadMsMax = 8_000

let worker: Worker | null = null
let isLoaded = false
/** The worker keeps the sample: it may be large, and it is the same for every key. */
let sent: Scope | null = null
let next = 1
const waiting = new Map<number, (preview: Preview | null) => void>()

function start(): Worker {
  const fresh = new Worker(new URL('./evaluate.worker.ts', import.meta.url), { type: 'module' })
  fresh.addEventListener('message', (event: MessageEvent<{ readonly id: number; readonly preview: Preview | null }>) => {
    isLoaded = true
    waiting.get(event.data.id)?.(event.data.preview)
    waiting.delete(event.data.id)
  })
  return fresh
}

/**
 * Evaluates on a sample in a worker of its own, so that an endless expression costs nothing but itself. Without a sample it says what is
 * wrong with the text, if anything.
 */
export function preview(kind: PreviewKind, text: string, scope: Scope): Promise<Preview>
export function preview(kind: PreviewKind, text: string, scope: Scope | null): Promise<Preview | null>
export function preview(kind: PreviewKind, text: string, scope: Scope | null): Promise<Preview | null> {
  if (worker === null) {
    worker = start()
    sent = null
  }
  const id = next++
  const asked = worker
  return new Promise<Preview | null>((resolve) => {
    const timer = setTimeout(
      () => {
        waiting.delete(id)
        if (worker === asked) {
          asked.terminate()
          worker = null
          isLoaded = false
        }
        resolve({ ok: false, position: null, message: tookTooLong })
      },
      isLoaded ? previewMsMax : loadMsMax,
    )
    waiting.set(id, (answer) => {
      clearTimeout(timer)
      resolve(answer)
    })
    asked.postMessage({ id, kind, text, ...(scope !== sent && { scope }) } satisfies EvaluateRequest)
    sent = scope
  })
}
