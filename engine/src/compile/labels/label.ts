/** Where a value comes from. `quoted`: from outside, but inside words that the author of the flow wrote around it. */
export type Origin = 'system' | 'person' | 'model' | 'outside' | 'quoted'
/** How much of a person is in it. Order counts: joined values are as telling as the most telling one. */
const subjects = ['none', 'masked', 'pseudonymous', 'identifying'] as const
export type Subject = (typeof subjects)[number]
const ranks: { readonly [Name in Subject]: number } = { none: 0, masked: 1, pseudonymous: 2, identifying: 3 }

/**
 * What is known of a value before anything runs (ARCHITECTURE.md §5). Labels only grow when values are mixed, except for what has to
 * hold on every way: approvals and hidden names, of which null means "all", the value that nothing has reached yet.
 */
export interface Label {
  readonly subject: Subject
  /** Kinds of personal data known to be in it, sorted. */
  readonly categories: readonly string[]
  /** Uses it was read for, as `purpose/scene`, sorted. */
  readonly uses: readonly string[]
  readonly origin: readonly Origin[]
  /** Steps at which a person approved exactly this value. */
  readonly approvals: readonly string[] | null
  /** Names of fields that masking has hidden in it. */
  readonly hidden: readonly string[] | null
}

const none: readonly never[] = []

/** Nothing has arrived yet: neutral in `joinLabels`. */
export const nothing: Label = { subject: 'none', categories: none, uses: none, origin: none, approvals: null, hidden: null }
/** What the author of the flow wrote into it. */
export const written: Label = { ...nothing, approvals: none, hidden: none }

const once = new Map<string, Label>()
/** Flows say the same few things thousands of times. */
const onceMax = 5_000
/** What says an origin and no more. */
const byOrigin = new Map<Origin, Label>()

/** The one object that says this, so that labels are mostly compared by identity. */
export function theLabel(label: Label): Label {
  const { subject, categories, uses, origin, approvals, hidden } = label
  const key = JSON.stringify([subject, categories, uses, origin, approvals, hidden])
  let known = once.get(key)
  if (known === undefined) {
    if (once.size >= onceMax) forget()
    known = label
    once.set(key, known)
  }
  return known
}

/** What stands for "nothing has arrived" is recognised by identity, also where it is written out anew. */
function forget(): void {
  once.clear()
  byOrigin.clear()
  theLabel(nothing)
  theLabel(written)
}
forget()

export function labelOf(origin: Origin, over?: Partial<Label>): Label {
  if (over !== undefined) return theLabel({ ...written, origin: [origin], ...over })
  let known = byOrigin.get(origin)
  if (known === undefined) {
    known = theLabel({ ...written, origin: [origin] })
    byOrigin.set(origin, known)
  }
  return known
}

const joins = new WeakMap<Label, WeakMap<Label, Label>>()

/** The label of a value made from both; one of the two whenever it says the same, so that most joins make nothing new. */
export function joinLabels(a: Label, b: Label): Label {
  if (a === b || b === nothing) return a
  if (a === nothing) return b
  let known = joins.get(a)
  if (known === undefined) {
    known = new WeakMap()
    joins.set(a, known)
  }
  let joined = known.get(b)
  if (joined === undefined) {
    joined = joinedLabel(a, b)
    known.set(b, joined)
  }
  return joined
}

function joinedLabel(a: Label, b: Label): Label {
  const subject = ranks[a.subject] >= ranks[b.subject] ? a.subject : b.subject
  const categories = union(a.categories, b.categories)
  const uses = union(a.uses, b.uses)
  const origin = union(a.origin, b.origin)
  const approvals = common(a.approvals, b.approvals)
  const hidden = common(a.hidden, b.hidden)
  if (is(a, subject, categories, uses, origin, approvals, hidden)) return a
  if (is(b, subject, categories, uses, origin, approvals, hidden)) return b
  return theLabel({ subject, categories, uses, origin, approvals, hidden })
}

function is(
  label: Label,
  subject: Subject,
  categories: Label['categories'],
  uses: Label['uses'],
  origin: Label['origin'],
  approvals: Label['approvals'],
  hidden: Label['hidden'],
): boolean {
  return (
    label.subject === subject &&
    sameList(label.categories, categories) &&
    sameList(label.uses, uses) &&
    sameList(label.origin, origin) &&
    sameOrAll(label.approvals, approvals) &&
    sameOrAll(label.hidden, hidden)
  )
}

/** A change of labels, worked out once per label. */
function perLabel(change: (label: Label) => Label): (label: Label) => Label {
  const known = new WeakMap<Label, Label>()
  return (label) => {
    let after = known.get(label)
    if (after === undefined) {
      const made = change(label)
      after = made === label ? label : theLabel(made)
      known.set(label, after)
    }
    return after
  }
}

/** The same data as another value: nobody approved this one. */
export const changed = perLabel((label) =>
  label.approvals !== null && label.approvals.length === 0 ? label : { ...label, approvals: none },
)

/** A model had a say in whether this value is here. */
export const influenced = perLabel((label) =>
  label.origin.includes('model') ? label : { ...label, origin: union(label.origin, ['model']) },
)

/** A calculation or a choice between what the author wrote: a deterministic rule, through which no outside text passes. */
export const ruled = perLabel((label) => {
  if (label.origin.includes('model') || !label.origin.some((it) => it === 'outside' || it === 'quoted')) return label
  return { ...label, origin: label.origin.filter((it) => it !== 'outside' && it !== 'quoted') }
})

/** Words of the author around it make an outside text a quotation. */
export const quoted = perLabel((label) => {
  if (!label.origin.includes('outside') || label.origin.includes('model')) return label
  return {
    ...label,
    origin: union(
      label.origin.filter((it) => it !== 'outside'),
      ['quoted'],
    ),
  }
})

/** A model reads quotations as it reads everything else: what it makes of them is from outside again. */
export const readByModel = perLabel((label) => {
  if (!label.origin.includes('quoted')) return label
  return {
    ...label,
    origin: union(
      label.origin.filter((it) => it !== 'quoted'),
      ['outside'],
    ),
  }
})

/** All that a choice hands on of what was asked for it: whether a model or a person steered it. */
export const steering = perLabel((asked) => ({ ...nothing, origin: asked.origin.filter((it) => it === 'model' || it === 'person') }))

export function sameLabel(a: Label, b: Label): boolean {
  return a === b || is(a, b.subject, b.categories, b.uses, b.origin, b.approvals, b.hidden)
}

function sameOrAll(a: readonly string[] | null, b: readonly string[] | null): boolean {
  return a === null || b === null ? a === b : sameList(a, b)
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}

export function union<Item extends string>(a: readonly Item[], b: readonly Item[]): readonly Item[] {
  if (a === b || holds(a, b)) return a
  if (holds(b, a)) return b
  return [...new Set([...a, ...b])].sort()
}

function holds(all: readonly string[], some: readonly string[]): boolean {
  for (const item of some) if (!all.includes(item)) return false
  return true
}

function common(a: readonly string[] | null, b: readonly string[] | null): readonly string[] | null {
  if (a === null) return b
  if (b === null || a === b || a.length === 0) return a
  if (b.length === 0) return b
  const both = a.filter((item) => b.includes(item))
  return both.length === a.length ? a : both.length === 0 ? none : both
}
