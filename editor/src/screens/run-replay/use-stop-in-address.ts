import { useCallback, useEffect, useRef, useState } from 'react'
import { useFilters } from '../../app/use-filters.ts'

/** Browsers refuse an address that changes with every frame, as under a handle that is drawn along, or at sixteen stops a second. */
const paceMs = 400

/** The moment looked at: at once on the screen, and in the address as often as browsers allow. `null`: the latest. */
export function useStopInAddress(): readonly [number | null, (stop: number | null) => void] {
  const { filters, set } = useFilters()
  // `?step=` counts from 1, as people do.
  const step = Number(filters.step)
  const asked = Number.isInteger(step) && step > 0 ? step - 1 : null
  const [here, setHere] = useState({ stop: asked, asked })
  const written = useRef({ stop: asked, at: 0 })
  // A link or the way back leads elsewhere; what was written from here may be passed already.
  if (here.asked !== asked) setHere({ stop: asked === written.current.stop ? here.stop : asked, asked })
  useEffect(() => {
    if (here.stop === here.asked) return
    const write = () => {
      written.current = { stop: here.stop, at: performance.now() }
      set({ step: here.stop === null ? undefined : here.stop + 1 })
    }
    const wait = written.current.at + paceMs - performance.now()
    if (wait <= 0) return write()
    const timer = setTimeout(write, wait)
    return () => clearTimeout(timer)
  }, [here, set])
  return [here.stop, useCallback((stop) => setHere(({ asked }) => ({ stop, asked })), [])]
}
