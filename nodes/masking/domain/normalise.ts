/** Text in the one spelling that detectors read, with the way back to what was written. */
export interface Normalised {
  readonly text: string
  /** For each character of `text`, the offset of the raw character it came from. */
  readonly rawAt: readonly number[]
  readonly raw: string
}

/** First and last code points of characters that show nothing and are typed to slip past a filter. */
const invisibleRanges: readonly (readonly [number, number])[] = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2064],
  [0x206a, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xe0000, 0xe0fff],
]
const dash = /[\u2010-\u2015\u2212\uFE58\uFE63]/
/** First digits of scripts whose digits NFKC leaves alone; the other nine follow each. */
const zeros = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0x0ed0, 0x0f20, 0x1040,
]

/** NFKC character by character: full-width digits and letters become plain ones, invisible characters vanish, dashes become one. */
export function normalise(raw: string): Normalised {
  let text = ''
  const rawAt: number[] = []
  let offset = 0
  for (const char of raw) {
    const plain = plainOf(char)
    text += plain
    for (let index = 0; index < plain.length; index++) rawAt.push(offset)
    offset += char.length
  }
  return { text, rawAt, raw }
}

function plainOf(char: string): string {
  const code = char.codePointAt(0) ?? 0
  if (code < 0x80 || (code >= 0x4e00 && code <= 0x9fff)) return char
  if (invisibleRanges.some(([first, last]) => code >= first && code <= last)) return ''
  if (dash.test(char)) return '-'
  const zero = zeros.find((first) => code >= first && code < first + 10)
  if (zero !== undefined) return String(code - zero)
  return char.normalize('NFKC')
}
