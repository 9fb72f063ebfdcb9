import { useEffect } from 'react'
import { whenIdle } from '../../app/when-idle.ts'
import { toFile } from '../../doc/index.ts'
import type { FlowEditor } from '../flow-editor.ts'
import type { CheckAnswer, SeenAnswer } from './check-messages.ts'
import { keepLit } from './lit.ts'

const idleMs = 200

/** Checks the flow 200 ms after each change, in a worker; a check that is under way is waited for, never piled up. */
export function useCheck(editor: FlowEditor): void {
  useEffect(() => {
    // The checker is as large as the editor: reading it would hold up the drawing.
    let stop = () => {}
    const forget = whenIdle(() => {
      stop = keepChecked(editor)
    })
    return () => {
      forget()
      stop()
    }
  }, [editor])
}

function keepChecked({ flow, problems, view }: FlowEditor): () => void {
  const worker = new Worker(new URL('./check.worker.ts', import.meta.url), { type: 'module' })
  let timer: ReturnType<typeof setTimeout> | undefined
  let isBusy = false
  let sent = -1
  let wires: readonly string[] = []
  const send = () => {
    const { doc, revision } = flow.getState()
    if (isBusy || revision === sent) return
    isBusy = true
    sent = revision
    wires = [...doc.edges.keys()]
    worker.postMessage({ revision, file: toFile(doc) })
  }
  problems.setState({ checker: worker })
  worker.addEventListener('message', ({ data }: MessageEvent<CheckAnswer | SeenAnswer>) => {
    if ('seen' in data) return
    isBusy = false
    problems.put(data.problems, data.revision)
    problems.putLabels(data.labels, wires)
    keepLit(view, data.problems, wires)
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
}
