import type { ShownShape } from '@sluice/engine/compile'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { SeenAnswer } from '../../canvas/check/check-messages.ts'
import { useFlowEditor } from '../../canvas/flow-editor.ts'

/** What the expressions of this step see as far as the check can tell: more than one sample shows, and also before any run. */
export function useSeen(step: string): ShownShape {
  const { problems } = useFlowEditor()
  const checker = useStore(problems, (state) => state.checker)
  const checked = useStore(problems, (state) => state.checked)
  const [answer, setAnswer] = useState<SeenAnswer | null>(null)
  useEffect(() => {
    const hear = ({ data }: MessageEvent<object>) => {
      if (isSeen(data)) setAnswer((before) => (JSON.stringify(before) === JSON.stringify(data) ? before : data))
    }
    checker?.addEventListener('message', hear)
    return () => checker?.removeEventListener('message', hear)
  }, [checker])
  useEffect(() => {
    if (checked >= 0) checker?.postMessage({ step })
  }, [checker, checked, step])
  return answer?.step === step ? answer.seen : null
}

function isSeen(data: object): data is SeenAnswer {
  return 'seen' in data
}
