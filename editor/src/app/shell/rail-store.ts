import { create } from 'zustand'

const storageKey = 'sluice.rail'

function stored(): boolean {
  try {
    return localStorage.getItem(storageKey) === 'narrow'
  } catch {
    return false
  }
}

/** A small window, or one zoomed to twice its size, has better use for the room; when it grows again, the rail is as it was. */
const small = matchMedia('(width < 900px)')
let before = stored()

export const useRail = create<{ readonly isNarrow: boolean }>(() => ({ isNarrow: before || small.matches }))

small.addEventListener('change', ({ matches }) => {
  const { isNarrow } = useRail.getState()
  useRail.setState({ isNarrow: matches || before })
  before = isNarrow
})

export function toggleRail(): void {
  const isNarrow = !useRail.getState().isNarrow
  useRail.setState({ isNarrow })
  try {
    localStorage.setItem(storageKey, isNarrow ? 'narrow' : 'wide')
  } catch {
    // The choice then lasts for this page.
  }
}

let held: boolean | null = null

/** The drawing needs the room; what it gives back sets the rail as it was. May be called before the screen is drawn, too. */
export function narrowRail(): () => void {
  held ??= useRail.getState().isNarrow
  useRail.setState({ isNarrow: true })
  return () => {
    if (held !== null) useRail.setState({ isNarrow: held })
    held = null
  }
}
