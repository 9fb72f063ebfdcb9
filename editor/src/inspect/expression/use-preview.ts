import { useEffect, useState } from 'react'
import { useScope } from '../data/scope-context.ts'
import type { Preview, PreviewKind } from './evaluate.ts'
import { preview } from './preview.ts'

/** Half of what lies between two keys of a fast hand: what is half written is seldom shown, and the answer is there within 150 ms. */
const idleMs = 60

/** The result on the sample shown, a moment after the last key. Null: nothing to evaluate, or no sample and nothing wrong with the text. */
export function usePreview(kind: PreviewKind, text: string, isOn: boolean): Preview | null {
  const { scope } = useScope()
  const [result, setResult] = useState<Preview | null>(null)
  useEffect(() => {
    if (!isOn || text.trim() === '') {
      setResult(null)
      return
    }
    let isHere = true
    const timer = setTimeout(() => {
      void preview(kind, text, scope).then((answer) => isHere && setResult(answer))
    }, idleMs)
    return () => {
      isHere = false
      clearTimeout(timer)
    }
  }, [kind, text, scope, isOn])
  return result
}
