import { pinyin } from 'pinyin-pro'
import type { ToPinyin } from './search.ts'

/** Loaded when the palette is first used: the dictionary is the largest part of it. */
export const toPinyin: ToPinyin = (text) => {
  const syllables = pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
  const clean = syllables.map((syllable) => syllable.toLowerCase().replace(/[^a-z0-9]/g, ''))
  return { full: clean.join(''), initials: clean.map((syllable) => syllable[0] ?? '').join('') }
}
