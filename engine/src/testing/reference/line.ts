import type { Json } from '@sluice/flows'
import type { Due } from './clock.ts'

/** What a line stands in. A frame lives as long as a line carries it. */
export type Frame = ForkFrame | ItemFrame | LockFrame | UndoFrame

export interface ForkFrame {
  readonly kind: 'fork'
  readonly node: string
  /** Joins that let its lines pass already. */
  readonly passed: Set<string>
  won: boolean
}

export interface ItemFrame {
  readonly kind: 'item'
  readonly node: string
  /** The line that waits at the for-each. */
  readonly of: Line
  readonly index: number
  result: Json
}

export interface LockFrame {
  readonly kind: 'lock'
  readonly node: string
  readonly key: string
}

/** The lines that undo one step. */
export interface UndoFrame {
  readonly kind: 'undo'
  readonly node: string
}

export type Doing =
  | { readonly kind: 'ready' }
  | { readonly kind: 'timer' | 'event' | 'task' | 'join' | 'retry' | 'lock' | 'milestone' | 'incident' | 'each' | 'undo' }
  | { readonly kind: 'call'; readonly cancel: () => void }

export interface Line {
  readonly born: number
  readonly at: string
  readonly from: string | null
  /** The outermost first. */
  readonly frames: readonly Frame[]
  readonly input: Json
  attempt: number
  doing: Doing
  /** Rings at the end of what it waits for, or brings the result of what it does. */
  due: Due | null
  /** Rings when the attempt takes too long. */
  limit: Due | null
  each: EachWork | null
}

export interface EachWork {
  /** May become longer. */
  items: readonly Json[]
  next: number
  asked: number
  readonly open: ItemFrame[]
  readonly results: Map<number, Json>
}

export interface Failure {
  readonly code: string
  readonly terminal: boolean
}

export const ready: Doing = { kind: 'ready' }
