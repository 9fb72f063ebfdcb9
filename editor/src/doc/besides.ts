import { covers, placeOf } from '@sluice/flows/document'
import type { Entry, History } from './history.ts'
import { absent, type Patch, setIn } from './patch.ts'

type Edit = Extract<Patch, { op: 'set' | 'unset' }>
/** What others set, by the item it is in: most of one's own entries are about other items and cost one look. */
type Theirs = ReadonlyMap<string, readonly Edit[]>

/**
 * One's own entries after others changed the document: undoing them gives back what one had changed oneself and leaves theirs alone.
 * An entry that others overtook altogether stays in the list, so that undo can say so.
 */
export function besides(history: History, patches: readonly Patch[]): History {
  if (patches.length === 0) return history
  const theirs = byItem(patches)
  return { undo: history.undo.map((entry) => aside(entry, theirs)), redo: history.redo.map((entry) => aside(entry, theirs)) }
}

function byItem(patches: readonly Patch[]): Theirs {
  const found = new Map<string, Edit[]>()
  for (const patch of patches) {
    if (patch.op !== 'set' && patch.op !== 'unset') continue
    const key = `${patch.in} ${patch.id}`
    const known = found.get(key)
    if (known === undefined) found.set(key, [patch])
    else known.push(patch)
  }
  return found
}

function aside(entry: Entry, theirs: Theirs): Entry {
  const forward = list(entry.forward, theirs)
  const inverse = list(entry.inverse, theirs)
  // What others touched is no longer the typing it was: the next keystroke is an entry of its own.
  return forward === entry.forward && inverse === entry.inverse ? entry : { ...entry, forward, inverse, merge: null }
}

function list(mine: readonly Patch[], theirs: Theirs): readonly Patch[] {
  const result = mine.flatMap((patch): readonly Patch[] => {
    if (patch.op !== 'set' && patch.op !== 'unset') return [patch]
    const kept = beside(patch, theirs.get(`${patch.in} ${patch.id}`) ?? [])
    return kept === null ? [] : [kept]
  })
  return result.length === mine.length && result.every((patch, index) => patch === mine[index]) ? mine : result
}

function beside(mine: Edit, theirs: readonly Edit[]): Edit | null {
  let kept: Edit | null = mine
  for (const their of theirs) {
    if (kept === null) return null
    kept = one(kept, their)
  }
  return kept
}

/** A patch that would write over theirs goes; one that would put a whole object back takes theirs into it. */
function one(mine: Edit, their: Edit): Edit | null {
  const at = placeOf(mine)
  const there = placeOf(their)
  if (covers(there, at)) return null
  if (!covers(at, there)) return mine
  if (mine.op === 'unset') return null
  return { ...mine, value: setIn(mine.value, their.path.slice(mine.path.length), their.op === 'set' ? their.value : absent) }
}
