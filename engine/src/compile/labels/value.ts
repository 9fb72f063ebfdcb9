import { joinLabels, type Label, nothing, sameLabel, theLabel } from './label.ts'

/** A value as the proofs see it: labels by member, as far as its shape is known. Lists stand for their items, as in JSONata. */
export interface Value {
  /** Of everything that `members` does not name; null: there is nothing else. */
  readonly rest: Label | null
  readonly members: ReadonlyMap<string, Value> | null
  /** Of all of it. */
  readonly whole: Label
  readonly depth: number
}

/** Deeper or wider shapes are one label: bounds the work, and loops come to an end. */
const depthMax = 5
const membersMax = 64

const opaques = new WeakMap<Label, Value>()

/** The same label gives the same value, so that equal values are mostly one object and comparing them costs nothing. */
export function opaque(label: Label): Value {
  let value = opaques.get(label)
  if (value === undefined) {
    // Where nothing has arrived it does not count what would be done with it, nor in which order steps are looked at.
    const same = theLabel(label)
    value = opaques.get(same) ?? { rest: same, members: null, whole: same, depth: 0 }
    opaques.set(label, value)
  }
  return value
}

export const empty: Value = opaque(nothing)

const noMembers: ReadonlyMap<string, Value> = new Map()

export function object(members: ReadonlyMap<string, Value>, rest: Label | null = null): Value {
  let whole = rest ?? nothing
  let depth = 0
  for (const member of members.values()) {
    whole = joinLabels(whole, member.whole)
    depth = Math.max(depth, member.depth)
  }
  if (depth >= depthMax || members.size > membersMax || members.size === 0) return opaque(whole)
  return { rest, members, whole, depth: depth + 1 }
}

/** What stands under a name. */
export function memberOf(value: Value, name: string): Value {
  return value.members?.get(name) ?? (value.rest === null ? empty : opaque(value.rest))
}

/** One or the other. Gives `a` itself when `b` adds nothing. */
export function joinValues(a: Value, b: Value): Value {
  if (a === b || b === empty) return a
  if (a === empty) return b
  const rest = a.rest === null ? b.rest : b.rest === null ? a.rest : joinLabels(a.rest, b.rest)
  if (a.members === null && b.members === null) return a.rest === rest ? a : opaque(rest ?? nothing)
  if (a.rest === rest && addsNothing(a, b)) return a
  const members = new Map<string, Value>()
  for (const [name, member] of a.members ?? noMembers) members.set(name, joinValues(member, memberOf(b, name)))
  for (const [name, member] of b.members ?? noMembers) if (!members.has(name)) members.set(name, joinValues(memberOf(a, name), member))
  const joined = object(members, rest)
  return sameValue(joined, a) ? a : joined
}

/** Whether each member of one takes in what the other says of it: the usual case once labels stand still, and it makes nothing new. */
function addsNothing({ members }: Value, b: Value): boolean {
  if (members === null) return false
  for (const name of b.members?.keys() ?? []) if (!members.has(name)) return false
  for (const [name, member] of members) if (joinValues(member, memberOf(b, name)) !== member) return false
  return true
}

/** The same shape with other labels. */
export function mapLabels(value: Value, change: (label: Label) => Label): Value {
  if (value.members === null) {
    const label = change(value.whole)
    return label === value.whole ? value : opaque(label)
  }
  const members = new Map<string, Value>()
  for (const [name, member] of value.members) members.set(name, mapLabels(member, change))
  return object(members, value.rest === null ? null : change(value.rest))
}

export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true
  if (a.rest === null || b.rest === null ? a.rest !== b.rest : !sameLabel(a.rest, b.rest)) return false
  if (a.members === null || b.members === null) return a.members === b.members
  if (a.members.size !== b.members.size) return false
  for (const [name, member] of a.members) {
    const other = b.members.get(name)
    if (other === undefined || !sameValue(member, other)) return false
  }
  return true
}
