import { lazy, Suspense } from 'react'
import { create } from 'zustand'

const Palette = lazy(() => import('./Palette.tsx'))
const ShortcutSheet = lazy(() => import('./ShortcutSheet.tsx'))

export const useOverlay = create<{ readonly open: 'palette' | 'shortcuts' | null }>(() => ({ open: null }))
const close = () => useOverlay.setState({ open: null })

/** Both load on their first use. */
export function PaletteHost() {
  const open = useOverlay((state) => state.open)
  if (open === null) return null
  return <Suspense fallback={null}>{open === 'palette' ? <Palette onClose={close} /> : <ShortcutSheet onClose={close} />}</Suspense>
}
