/** Tells the names of a list, for which we have words, from all others. */
export function among<const Name extends string>(names: readonly Name[]): (name: string) => name is Name {
  const known: ReadonlySet<string> = new Set(names)
  return (name): name is Name => known.has(name)
}
