import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import type { Marks } from '../diff/union.ts'
import type { Autosave, Catalogue, FlowState, FlowStore, Past, Place, ProblemStore, Ref } from '../doc/index.ts'
import type { RunStore } from '../run/run-store.ts'
import type { CanvasView } from './view-store.ts'

/** What the drawing surface can do for commands; the surface itself is known to `engine/` only. */
export interface Surface {
  fit(refs?: Iterable<Ref>): void
  zoomTo(zoom: number): void
  zoomBy(factor: number): void
  /** Brings a place into view without changing the zoom; does nothing when it is already well inside. */
  reveal(ref: Ref): void
  panBy(dx: number, dy: number): void
  toFlow(clientX: number, clientY: number): Place
  toScreen(place: Place): Place
  /** Middle of what is visible. */
  center(): Place
  /** Shows what somebody else sees. */
  look(center: Place, zoom: number): void
  focus(): void
}

/** One open flow with everything the screen knows about it. */
export interface FlowEditor {
  readonly flow: FlowStore
  readonly catalogue: Catalogue
  readonly view: StoreApi<CanvasView>
  readonly runs: RunStore
  readonly problems: ProblemStore
  /** Null where nothing can be changed. */
  readonly saving: Autosave | null
  /** Undo over reloads and named states; null where nothing can be changed. */
  readonly past: Past | null
  readonly surface: { current: Surface | null }
  /** What differs between two versions, where the drawing shows both. */
  readonly marks?: Marks
}

const EditorContext = createContext<FlowEditor | null>(null)
export const FlowEditorProvider = EditorContext.Provider

export function useFlowEditor(): FlowEditor {
  const editor = useContext(EditorContext)
  if (editor === null) throw new Error('useFlowEditor outside of FlowEditorProvider')
  return editor
}

/** @example `const step = useFlow((flow) => flow.doc.nodes.get(id))` */
export function useFlow<Slice>(select: (state: FlowState) => Slice): Slice {
  return useStore(useFlowEditor().flow, select)
}

export function useView<Slice>(select: (view: CanvasView) => Slice): Slice {
  return useStore(useFlowEditor().view, select)
}
