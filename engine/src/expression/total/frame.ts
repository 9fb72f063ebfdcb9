import type { Value } from './value.ts'

/** Variables of a block, the block around it, and what the whole evaluation sees. */
export interface Frame {
  readonly root: Value
  readonly now: number
  readonly parent: Frame | null
  bindings: Map<string, Value> | null
}

/** A compiled expression: input is what `$` means at this place. */
export type Eval = (input: Value, frame: Frame) => Value

export function lookUp(frame: Frame, name: string): Value {
  for (let at: Frame | null = frame; at !== null; at = at.parent) {
    if (at.bindings?.has(name)) return at.bindings.get(name)
  }
  return undefined
}

export function bind(frame: Frame, name: string, value: Value): void {
  frame.bindings ??= new Map()
  frame.bindings.set(name, value)
}

export function innerFrame(parent: Frame): Frame {
  return { root: parent.root, now: parent.now, parent, bindings: null }
}
