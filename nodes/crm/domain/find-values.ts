/** A value to find in texts and what stands there instead. */
export type Replaced = readonly [value: string, shown: string]

/**
 * Replaces all of them in a text in one pass, the longer of two that begin at one place. They are looked up by their first two
 * characters: a page that tells of two thousand people holds ten thousand values, and asking for each in each text took minutes.
 */
export function replaceAll(values: readonly Replaced[]): (text: string) => string {
  const byStart = new Map<number, Replaced[]>()
  for (const one of [...values].sort(([left], [right]) => right.length - left.length)) {
    const start = startAt(one[0], 0)
    const known = byStart.get(start)
    if (known === undefined) byStart.set(start, [one])
    else known.push(one)
  }
  return (text) => {
    let shown = ''
    let from = 0
    for (let at = 0; at < text.length - 1; at++) {
      const found = byStart.get(startAt(text, at))?.find(([value]) => standsAt(text, at, value))
      if (found === undefined) continue
      shown += text.slice(from, at) + found[1]
      from = at + found[0].length
      at = from - 1
    }
    return from === 0 ? text : shown + text.slice(from)
  }
}

/** Does a text hold this value as a word of its own? */
export function holds(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) if (standsAt(text, at, value)) return true
  return false
}

function startAt(text: string, at: number): number {
  return text.charCodeAt(at) * 65_536 + text.charCodeAt(at + 1)
}

/** The mobile inside a longer number is another number, a name inside a longer word another word; `tel138…` is the mobile. */
function standsAt(text: string, at: number, value: string): boolean {
  return text.startsWith(value, at) && !joins(text[at - 1], value[0]) && !joins(value.at(-1), text[at + value.length])
}

function joins(left: string | undefined, right: string | undefined): boolean {
  if (left === undefined || right === undefined) return false
  return (/[0-9]/.test(left) && /[0-9]/.test(right)) || (/[A-Za-z]/.test(left) && /[A-Za-z]/.test(right))
}
