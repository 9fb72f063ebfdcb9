import type { ComponentType } from 'react'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Box, End, Place, Ref } from '../doc/index.ts'
import type { Anchor } from '../together/comments/api.ts'
import type { Ink } from './engine/draw-far.ts'
import type { FarMove } from './gestures/far-move.ts'
import type { Gap, Guide } from './gestures/guides.ts'

/** What quick add will do with the step that is chosen. */
export interface QuickAdd {
  /** Where the box opens, in the window. */
  readonly x: number
  readonly y: number
  /** Where the step goes; absent: beside what it is wired to. */
  readonly at?: Place
  readonly from?: End
  readonly to?: End
  readonly into?: string
}

/** Wiring by keyboard (EDITOR.md §5.3): first the output, then the target. */
export interface WireMode {
  readonly step: string
  readonly port: string | null
}

export interface Menu {
  readonly x: number
  readonly y: number
  readonly ref: Ref | null
  readonly at: Place
}

export interface Lit {
  readonly code: string
  readonly node: string | undefined
  readonly nodes: ReadonlySet<string>
  /** Ids of wires. */
  readonly edges: ReadonlySet<string>
}

/** What the pointer is drawing, in places of the window. */
export type Stroke =
  | { readonly kind: 'box'; readonly from: Place; readonly to: Place; readonly touching: boolean }
  | { readonly kind: 'cut'; readonly points: readonly Place[] }

/** What is shown about things being dragged, in places of the drawing. */
export interface Dragged {
  readonly does: 'move' | 'copy' | 'detach'
  readonly guides: readonly Guide[]
  readonly gaps: readonly Gap[]
}

/** What the pointer rests on. */
export interface Hover {
  readonly ref: Ref
  readonly x: number
  readonly y: number
}

/** What stays chosen from one step to the next. */
export type InspectorTab = 'setup' | 'data' | 'test' | 'options'

/** Whose runs are drawn on the steps: the one that is followed, all that are under way, or those of a day. */
export type LiveMode = 'run' | 'all' | 'day'

/** What an overlay says of one step where the flow is a picture instead of cards. */
export interface FarMark {
  /** 0 to 4: how strongly the step is tinted. */
  readonly heat: number
  readonly pills: readonly { readonly sign: 'running' | 'waiting' | 'incident' | 'passed' | 'failed'; readonly text: string }[]
  /** A line under the title. */
  readonly below: string | null
}

export interface FarPlace {
  readonly box: Box
  readonly zoom: number
  /** Near enough to read. */
  readonly hasTitle: boolean
  /** Radii of the card, as a path takes them. */
  readonly corners: number | number[]
  readonly ink: Ink
}

/** Drawn over each step instead of the followed run. */
export interface Overlay {
  readonly Layer: ComponentType<{ readonly id: string; readonly isFar: boolean }>
  /** The same by the id of the step, for the picture of a large flow, and how it is drawn there. */
  readonly marks: StoreApi<ReadonlyMap<string, FarMark>>
  readonly draw: (context: CanvasRenderingContext2D, mark: FarMark, place: FarPlace) => void
}

export type Drawer = 'problems' | 'runs' | 'versions' | 'history' | 'comments'

/** What the canvas shows and does right now. Nothing of it is saved with the flow. */
export interface CanvasView {
  readonly canEdit: boolean
  /** May start runs of the flow, to try it. */
  readonly canRun: boolean
  readonly canPublish: boolean
  readonly paletteOpen: boolean
  readonly inspectorOpen: boolean
  /** The flow's own rules are unfolded in the inspector. */
  readonly rulesOpen: boolean
  readonly outlineOpen: boolean
  /** The simulator stands where the inspector stood. */
  readonly simulateOpen: boolean
  /** The inspector was asked for meanwhile and stands before it; what is played stays. */
  readonly simulateBehind: boolean
  readonly mapOpen: boolean
  readonly inspectorTab: InspectorTab
  /** Step whose test was asked for by key; its panel takes it from here. */
  readonly testAsked: string | null
  readonly drawer: Drawer | null
  readonly live: LiveMode
  /** Comes with the panel of the mode, when that has loaded. */
  readonly overlay: Overlay | null
  /** Thread of comments that is shown, or what the next one will be about. */
  readonly talk: { readonly thread: string } | { readonly anchor: Anchor } | null
  readonly quickAdd: QuickAdd | null
  readonly wireMode: WireMode | null
  readonly menu: Menu | null
  readonly renaming: Ref | null
  /** Step that has the focus inside the canvas. */
  readonly active: string | null
  /** Wire that would take what is being dragged. */
  readonly dropEdge: string | null
  /** Wire being drawn with the pointer: the port it comes from. */
  readonly wiring: { readonly end: End; readonly side: 'from' | 'to' } | null
  readonly stroke: Stroke | null
  /** Steps of the far picture on their way. */
  readonly farMove: FarMove | null
  readonly dragged: Dragged | null
  /** Wires a stroke has crossed. */
  readonly cutting: ReadonlySet<string>
  readonly hover: Hover | null
  /** Wire the pointer means: the nearest, whichever is drawn on top. */
  readonly pointed: string | null
  /** Steps before which a simulation stops; kept by the browser for each flow. */
  readonly pausePoints: ReadonlySet<string>
  readonly zoom: number
  /** Cards are drawn simply: seen from too far away to read. */
  readonly isFar: boolean
  /** Last place of the pointer on the canvas: where paste goes. */
  readonly pointer: Place | null
  /** Field of the inspector to jump to, from a problem. */
  readonly jump: { readonly node: string; readonly path: string } | null
  /** The counter-example of a problem, lit up on the drawing; goes out when the problem is gone. */
  readonly lit: Lit | null
  readonly confirm: 'publish' | 'replay' | 'run' | 'conflict' | 'find' | 'checkpoint' | 'extract' | null
}

/** The inspector in sight, and the simulator. */
export const inspecting = { inspectorOpen: true, simulateBehind: true } as const
export const simulating = { simulateOpen: true, simulateBehind: false } as const

const noWires: ReadonlySet<string> = new Set()

export function createViewStore(start: Partial<CanvasView> = {}): StoreApi<CanvasView> {
  return createStore<CanvasView>(() => ({
    canEdit: true,
    canRun: true,
    canPublish: true,
    paletteOpen: true,
    inspectorOpen: true,
    rulesOpen: false,
    outlineOpen: false,
    simulateOpen: false,
    simulateBehind: false,
    mapOpen: false,
    inspectorTab: 'setup',
    testAsked: null,
    drawer: null,
    live: 'run',
    overlay: null,
    talk: null,
    quickAdd: null,
    wireMode: null,
    menu: null,
    renaming: null,
    active: null,
    dropEdge: null,
    wiring: null,
    stroke: null,
    farMove: null,
    dragged: null,
    cutting: noWires,
    hover: null,
    pointed: null,
    pausePoints: noWires,
    zoom: 1,
    isFar: false,
    pointer: null,
    jump: null,
    lit: null,
    confirm: null,
    ...start,
  }))
}
