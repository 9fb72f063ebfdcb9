import { useEffect, useState } from 'react'
import { hesitationMs } from './hints.ts'

const acts = ['keydown', 'pointerdown', 'wheel', 'input'] as const

/** True once nobody has acted for a while in one and the same place; a new place, or an act, begins anew. */
export function useHesitation(place: string | null): boolean {
  const [since, setSince] = useState<string | null>(null)
  useEffect(() => {
    setSince(null)
    if (place === null) return
    let timer = setTimeout(() => setSince(place), hesitationMs)
    const again = () => {
      clearTimeout(timer)
      timer = setTimeout(() => setSince(place), hesitationMs)
    }
    for (const act of acts) window.addEventListener(act, again, { capture: true, passive: true })
    return () => {
      clearTimeout(timer)
      for (const act of acts) window.removeEventListener(act, again, { capture: true })
    }
  }, [place])
  return place !== null && since === place
}
