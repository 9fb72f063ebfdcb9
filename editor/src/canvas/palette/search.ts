/** One thing that can be found: a step type in every wording it goes by. */
export interface Entry<Item> {
  readonly item: Item
  /** Names in every language, the most important first. */
  readonly names: readonly string[]
  readonly keywords: readonly string[]
  readonly text: string
}

/** Full syllables and initials of a Chinese word: `shouquan`, `sq`. */
export type ToPinyin = (text: string) => { readonly full: string; readonly initials: string }

interface Indexed<Item> {
  readonly item: Item
  readonly names: readonly string[]
  readonly pinyin: readonly { readonly full: string; readonly initials: string }[]
  readonly keywords: readonly string[]
  readonly text: string
}

export type Index<Item> = readonly Indexed<Item>[]

/** Width, case and accents do not matter. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
}

const han = /\p{Script=Han}/u

/** Everything that can be prepared is prepared here, so that a keystroke only compares strings. */
export function buildIndex<Item>(entries: readonly Entry<Item>[], toPinyin: ToPinyin | null): Index<Item> {
  return entries.map(({ item, names, keywords, text }) => ({
    item,
    names: names.map(fold),
    pinyin: toPinyin === null ? [] : [...names, ...keywords].filter((word) => han.test(word)).map(toPinyin),
    keywords: keywords.map(fold),
    text: fold(text),
  }))
}

/** Best first; the order of the index decides between equals. An empty query finds everything. */
export function search<Item>(index: Index<Item>, query: string): readonly Item[] {
  const wanted = fold(query)
  if (wanted === '') return index.map((each) => each.item)
  const words = wanted.split(/\s+/)
  const scored = index.flatMap((each, position) => {
    const scores = words.map((word) => score(each, word))
    return scores.some((value) => value === 0)
      ? []
      : [{ item: each.item, value: Math.min(...scores) + (each.names.includes(wanted) ? 100 : 0), position }]
  })
  return scored.sort((a, b) => b.value - a.value || a.position - b.position).map((each) => each.item)
}

/** Keywords stand in the order of their weight: between two steps that share one, it counts more where it comes first. */
const later = 0.1

/** 0: not at all. */
function score<Item>(each: Indexed<Item>, word: string): number {
  if (each.names.some((name) => name.startsWith(word))) return 90
  if (each.names.some((name) => wordStarts(name, word))) return 80
  const full = each.pinyin.findIndex((one) => one.full.startsWith(word))
  if (full >= 0) return 75 - full * later
  const initials = each.pinyin.findIndex((one) => one.initials.startsWith(word))
  if (initials >= 0) return 70 - initials * later
  if (each.names.some((name) => name.includes(word))) return 65
  const keyword = each.keywords.findIndex((one) => one.startsWith(word) || wordStarts(one, word))
  if (keyword >= 0) return 55 - keyword * later
  const short = word.length < 2
  if (!short && each.pinyin.some(({ full, initials }) => full.includes(word) || initials.includes(word))) return 45
  if (each.keywords.some((one) => one.includes(word))) return 35
  if (!short && each.text.includes(word)) return 25
  return !short && each.names.some((name) => scattered(name, word)) ? 10 : 0
}

function wordStarts(text: string, word: string): boolean {
  return text.split(/[\s/·-]+/).some((part) => part.startsWith(word))
}

/** The letters in this order, with others between them, beginning with the first. */
function scattered(text: string, word: string): boolean {
  if (text[0] !== word[0] || word.length < 3) return false
  let at = 0
  for (const letter of word) {
    at = text.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}
