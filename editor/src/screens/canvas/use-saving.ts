import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { useFlowEditor } from '../../canvas/flow-editor.ts'
import type { Saving } from '../../doc/index.ts'

const nothingToSave = createStore<Saving>(() => ({
  state: 'saved',
  isAsking: false,
  savedAt: null,
  etag: null,
  pending: 0,
  conflict: null,
  reason: null,
}))

/** Whether the server has what is on screen. */
export function useSaving(): Saving {
  return useStore(useFlowEditor().saving ?? nothingToSave)
}
