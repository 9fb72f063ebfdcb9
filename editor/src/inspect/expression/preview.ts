import type { Scope } from '@sluice/engine/expression'
import type { Preview, PreviewKind } from './evaluate.ts'

/** Longer than this, the worker is replaced and the person is told (EDITOR.md §7.5). */
export const previewMsMax = 250
/** A fresh worker first has to load; that is not the expression's fault. */
const loadMsMax = 8_000

let worker: Worker | null = null
let isLoaded = false
let next = 1
const waiting = new Map<number, (preview: Preview) => void>()

function start(): Worker {
  const fresh = new Worker(new URL('./evaluate.worker.ts', import.meta.url), { type: 'module' })
  fresh.addEventListener('message', (event: MessageEvent<{ readonly id: number; readonly preview: Preview }>) => {
    isLoaded = true
    waiting.get(event.data.id)?.(event.data.preview)
    waiting.delete(event.data.id)
  })
  return fresh
}

/** Evaluates on a sample in a worker of its own, so that an endless expression costs nothing but itself. */
export function preview(kind: PreviewKind, text: string, scope: Scope): Promise<Preview> {
  worker ??= start()
  const id = next++
  const asked = worker
  return new Promise((resolve) => {
    const timer = setTimeout(
      () => {
        waiting.delete(id)
        if (worker === asked) {
          asked.terminate()
          worker = null
          isLoaded = false
        }
        resolve({
          ok: false,
          position: null,
          message: {
            en: `Stopped after ${previewMsMax} ms: this takes too long. Look for a list that is walked many times.`,
            'zh-CN': `${previewMsMax} 毫秒后已停止:计算耗时过长,请检查被反复遍历的列表。`,
          },
        })
      },
      isLoaded ? previewMsMax : loadMsMax,
    )
    waiting.set(id, (answer) => {
      clearTimeout(timer)
      resolve(answer)
    })
    asked.postMessage({ id, kind, text, scope })
  })
}
