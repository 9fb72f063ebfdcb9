import { pinyin } from 'pinyin-pro'

/**
 * How each character of a Chinese text is said, without tones; loaded with the first name that needs it. The build puts a table of common
 * characters in its place (`tools/spelling-table.ts`), which knows fewer words; both give one entry for each character.
 */
export function syllablesOf(text: string): readonly string[] {
  const syllables = pinyin(text, { toneType: 'none', type: 'array', v: true })
  return syllables.map((syllable) => syllable.toLowerCase().replace(/[^a-z]/g, ''))
}
