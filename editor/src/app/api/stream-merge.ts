/** Adds journal entries that arrived live to those already here: each once, in order, whatever order they came in. */
export function mergeBySeq<Entry extends { readonly seq: number }>(known: readonly Entry[], arrived: readonly Entry[]): readonly Entry[] {
  if (arrived.length === 0) return known
  const last = known.at(-1)?.seq ?? 0
  const ordered = arrived.every((entry, index) => entry.seq > (index === 0 ? last : (arrived[index - 1]?.seq ?? 0)))
  if (ordered) return [...known, ...arrived]
  const bySeq = new Map(known.map((entry) => [entry.seq, entry]))
  for (const entry of arrived) bySeq.set(entry.seq, entry)
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}
