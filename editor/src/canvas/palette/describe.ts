/** A step type in every wording it goes by. */
export interface Worded<Item> {
  readonly item: Item
  readonly names: readonly string[]
  readonly keywords: readonly string[]
  /** Begins a flow, so it is only looked for at the beginning. */
  readonly begins: boolean
}

const separators = /[,，、;；。!！?？\n→>]+|\b(?:and then|after that|afterwards|then|and|next)\b|然后|接着|之后|随后|并且|再/u
const han = /\p{Script=Han}/u
/** Words shorter than this count only when they are written in full. */
const stemMin = 4
const scoreMin = 6

const fold = (text: string) => text.normalize('NFKC').toLowerCase().trim()
const nameWords = (name: string) => (han.test(name) ? [] : words(fold(name)))
const words = (text: string) => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')

/**
 * What somebody wants, in their words, as steps in a row: each part of the sentence is the step whose names and keywords it uses most.
 * Understands no more than that, so what it draws is shown and kept or thrown away by whoever wrote it.
 */
export function describedSteps<Item>(known: readonly Worded<Item>[], text: string): readonly Item[] {
  const found: Item[] = []
  const parts = fold(text).split(separators)
  const spread = new Map<string, number>()
  for (const { names } of known) for (const word of new Set(names.flatMap(nameWords))) spread.set(word, (spread.get(word) ?? 0) + 1)
  for (const part of parts) {
    const first = found.length === 0 ? best(known, spread, part, (each) => each.begins) : null
    if (first !== null) found.push(first.item)
    // “When consent is withdrawn mask the data” is a beginning and an act: what stands behind the beginning.
    const rest = first === null ? part : part.slice(first.end)
    const act = best(known, spread, rest, (each) => !each.begins)
    if (act !== null && act.item !== found.at(-1)) found.push(act.item)
  }
  return found
}

/** “changes”, “changed” and “changing” are one word. */
function stemOf(word: string): string {
  return word.length > stemMin ? word.replace(/(?:ing|ed|es|e|s)$/, '') : word
}

interface Match<Item> {
  readonly item: Item
  readonly score: number
  readonly end: number
}

function best<Item>(
  known: readonly Worded<Item>[],
  spread: ReadonlyMap<string, number>,
  part: string,
  fits: (each: Worded<Item>) => boolean,
): Match<Item> | null {
  let top: Match<Item> | null = null
  for (const each of known) {
    if (!fits(each)) continue
    const match = scored(each, spread, part)
    if (match.score >= scoreMin && match.score > (top?.score ?? 0)) top = match
  }
  return top
}

/** The best wording counts in full, each further one a little. */
function scored<Item>({ item, names, keywords }: Worded<Item>, spread: ReadonlyMap<string, number>, part: string): Match<Item> {
  const said = words(part)
  const hits = [
    ...names.map((name) => hit(name, part, said, 3)),
    // A word that many names share says little.
    ...names.flatMap(nameWords).map((word) => hit(word, part, said, 1.5 / (spread.get(word) ?? 1))),
    ...keywords.map((keyword, index) => hit(keyword, part, said, Math.max(1, 2 - index * 0.1))),
  ].filter(({ score }) => score > 0)
  const top = Math.max(0, ...hits.map(({ score }) => score))
  const all = hits.reduce((sum, { score }) => sum + score, 0)
  return { item, score: top + (all - top) / 4, end: Math.max(0, ...hits.map(({ end }) => end)) }
}

function hit(wording: string, part: string, said: readonly string[], weight: number): { readonly score: number; readonly end: number } {
  const wanted = fold(wording)
  if (han.test(wanted)) {
    const at = part.indexOf(wanted)
    // A Chinese character says about as much as four letters.
    return at < 0 ? { score: 0, end: 0 } : { score: wanted.length * 4 * weight, end: at + wanted.length }
  }
  const parts = words(wanted)
  const each = parts.map((word) => {
    const stem = stemOf(word)
    return said.find((other) => other === word || (stem.length >= stemMin && stemOf(other).startsWith(stem)))
  })
  if (parts.length === 0 || each.some((word) => word === undefined)) return { score: 0, end: 0 }
  const ends = each.map((word) => part.indexOf(word ?? '') + (word?.length ?? 0))
  return { score: wanted.length * weight, end: Math.max(...ends) }
}
