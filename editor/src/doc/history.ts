import type { Label } from './label.ts'
import type { Selection } from './model.ts'
import type { Patch } from './patch.ts'

const historyLimits = { entriesMax: 500, mergeMsMax: 800 } as const

/** One step back: what it was called, how to redo and undo it, what was selected around it. */
export interface Entry {
  readonly label: Label
  readonly forward: readonly Patch[]
  readonly inverse: readonly Patch[]
  readonly before: Selection
  readonly after: Selection
  /** Changes with the same key that follow quickly are one entry: typing in one field. */
  readonly merge: string | null
  readonly at: number
  /** Others have since changed or removed all it had changed: there is nothing left to undo. */
  readonly overtaken?: boolean
}

export interface History {
  readonly undo: readonly Entry[]
  readonly redo: readonly Entry[]
}

export const emptyHistory: History = { undo: [], redo: [] }

/** Adds an entry, merged into the last one when both are the same typing. What could be redone is gone. */
export function record(history: History, entry: Entry): History {
  const last = history.undo.at(-1)
  const merges = last !== undefined && entry.merge !== null && last.merge === entry.merge && entry.at - last.at <= historyLimits.mergeMsMax
  if (!merges) return { undo: [...history.undo, entry].slice(-historyLimits.entriesMax), redo: [] }
  const merged = { ...entry, forward: forwardOf(last, entry), inverse: [...entry.inverse, ...last.inverse], before: last.before }
  return { undo: [...history.undo.slice(0, -1), merged], redo: [] }
}

/** Typing sets the same place again and again: only the last value is kept. */
function forwardOf(last: Entry, entry: Entry): readonly Patch[] {
  const [old] = last.forward
  const [fresh] = entry.forward
  const samePlace =
    last.forward.length === 1 &&
    entry.forward.length === 1 &&
    old?.op === 'set' &&
    fresh?.op === 'set' &&
    JSON.stringify([old.in, old.id, old.path]) === JSON.stringify([fresh.in, fresh.id, fresh.path])
  return samePlace ? entry.forward : [...last.forward, ...entry.forward]
}

/** Ends the running merge: focus moved, so the next keystroke is a new entry. */
export function seal(history: History): History {
  const last = history.undo.at(-1)
  return last?.merge == null ? history : { ...history, undo: [...history.undo.slice(0, -1), { ...last, merge: null }] }
}
