import { startTransition, useEffect, useState } from 'react'

/** Browsers without idle times do it a moment later. */
const momentMs = 200
/** A machine that is never idle gets to it all the same. */
const waitMsMax = 1_000

/** Does it once the page has drawn what it is drawing. Gives back what takes the wish back. */
export function whenIdle(act: () => void): () => void {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(act, momentMs)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(act, { timeout: waitMsMax })
  return () => cancelIdleCallback(handle)
}

let wasIdle = false

/** False while the first screen is still being drawn: what only adds to it waits until then. */
export function useFirstIdle(): boolean {
  const [isIdle, setIdle] = useState(wasIdle)
  useEffect(() => {
    if (isIdle) return
    return whenIdle(() => {
      wasIdle = true
      // In slices: whoever presses something meanwhile is served first.
      startTransition(() => setIdle(true))
    })
  }, [isIdle])
  return isIdle
}
