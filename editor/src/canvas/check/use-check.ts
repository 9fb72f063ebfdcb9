import type { Problem } from '@sluice/flows'
import { useEffect } from 'react'
import { toFile } from '../../doc/index.ts'
import type { FlowEditor } from '../flow-editor.ts'

const idleMs = 200

/** Checks the flow 200 ms after each change, in a worker; a check that is under way is waited for, never piled up. */
export function useCheck({ flow, problems }: FlowEditor): void {
  useEffect(() => {
    const worker = new Worker(new URL('./check.worker.ts', import.meta.url), { type: 'module' })
    let timer: ReturnType<typeof setTimeout> | undefined
    let isBusy = false
    let sent = -1
    const send = () => {
      const { doc, revision } = flow.getState()
      if (isBusy || revision === sent) return
      isBusy = true
      sent = revision
      worker.postMessage({ revision, file: toFile(doc) })
    }
    worker.addEventListener('message', (event: MessageEvent<{ readonly revision: number; readonly problems: readonly Problem[] }>) => {
      isBusy = false
      problems.put(event.data.problems, event.data.revision)
      send()
    })
    worker.addEventListener('error', () => {
      isBusy = false
    })
    send()
    let revision = flow.getState().revision
    const stop = flow.subscribe((state) => {
      if (state.revision === revision) return
      revision = state.revision
      clearTimeout(timer)
      timer = setTimeout(send, idleMs)
    })
    return () => {
      stop()
      clearTimeout(timer)
      worker.terminate()
    }
  }, [flow, problems])
}
