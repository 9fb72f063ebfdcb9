/** Where a value comes from. `quoted`: from outside, but inside words that the author of the flow wrote around it. */
export type Origin = 'system' | 'person' | 'model' | 'outside' | 'quoted'
/** How much of a person is in it. Order counts: joined values are as telling as the most telling one. */
export const subjects = ['none', 'masked', 'pseudonymous', 'identifying'] as const
export type Subject = (typeof subjects)[number]

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

export function labelOf(origin: Origin, over: Partial<Label> = {}): Label {
  return { ...written, origin: [origin], ...over }
}

/** The label of a value made from both. */
export function joinLabels(a: Label, b: Label): Label {
  if (a === b || b === nothing) return a
  if (a === nothing) return b
  const joined: Label = {
    subject: subjects.indexOf(a.subject) >= subjects.indexOf(b.subject) ? a.subject : b.subject,
    categories: union(a.categories, b.categories),
    uses: union(a.uses, b.uses),
    origin: union(a.origin, b.origin),
    approvals: common(a.approvals, b.approvals),
    hidden: common(a.hidden, b.hidden),
  }
  return sameLabel(joined, a) ? a : sameLabel(joined, b) ? b : joined
}

/** The same data as another value: nobody approved this one. */
export function changed(label: Label): Label {
  return label.approvals !== null && label.approvals.length === 0 ? label : { ...label, approvals: none }
}

/** A model had a say in whether this value is here. */
export function influenced(label: Label): Label {
  return label.origin.includes('model') ? label : { ...label, origin: union(label.origin, ['model']) }
}

/** A calculation or a choice between what the author wrote: a deterministic rule, through which no outside text passes. */
export function ruled(label: Label): Label {
  if (label.origin.includes('model') || !label.origin.some((it) => it === 'outside' || it === 'quoted')) return label
  return { ...label, origin: label.origin.filter((it) => it !== 'outside' && it !== 'quoted') }
}

/** Words of the author around it make an outside text a quotation. */
export function quoted(label: Label): Label {
  if (!label.origin.includes('outside') || label.origin.includes('model')) return label
  return {
    ...label,
    origin: union(
      label.origin.filter((it) => it !== 'outside'),
      ['quoted'],
    ),
  }
}

/** A model reads quotations as it reads everything else: what it makes of them is from outside again. */
export function readByModel(label: Label): Label {
  if (!label.origin.includes('quoted')) return label
  return {
    ...label,
    origin: union(
      label.origin.filter((it) => it !== 'quoted'),
      ['outside'],
    ),
  }
}

export function sameLabel(a: Label, b: Label): boolean {
  if (a === b) return true
  return (
    a.subject === b.subject &&
    sameList(a.categories, b.categories) &&
    sameList(a.uses, b.uses) &&
    sameList(a.origin, b.origin) &&
    sameOrAll(a.approvals, b.approvals) &&
    sameOrAll(a.hidden, b.hidden)
  )
}

function sameOrAll(a: readonly string[] | null, b: readonly string[] | null): boolean {
  return a === null || b === null ? a === b : sameList(a, b)
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((item, at) => item === b[at]))
}

export function union<Item extends string>(a: readonly Item[], b: readonly Item[]): readonly Item[] {
  if (b.every((item) => a.includes(item))) return a
  if (a.every((item) => b.includes(item))) return b
  return [...new Set([...a, ...b])].sort()
}

function common(a: readonly string[] | null, b: readonly string[] | null): readonly string[] | null {
  if (a === null) return b
  if (b === null || a === b) return a
  const both = a.filter((item) => b.includes(item))
  return both.length === a.length ? a : both.length === 0 ? none : both
}
