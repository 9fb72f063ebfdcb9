import { useMemo } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { useView } from '../flow-editor.ts'
import type { FarMark } from '../view-store.ts'
import type { FarPicture } from './draw-far.ts'

const none = createStore<ReadonlyMap<string, FarMark>>(() => new Map())

/** What the overlay says of each step, for a picture. */
export function useMarks(): FarPicture['marks'] {
  const overlay = useView((view) => view.overlay)
  const of = useStore(overlay?.marks ?? none)
  return useMemo(() => (overlay === null ? null : { of, draw: overlay.draw }), [overlay, of])
}
