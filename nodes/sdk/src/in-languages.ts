import type { Text } from '@sluice/flows'
import { Type } from 'typebox'
import { ui } from './hints.ts'

export type InBoth = Extract<Text, object>

/**
 * A template in one language, or the same in both, so that each reader has their own.
 * @example `Type.Object({ title: inLanguages('Title', '标题', { maxLength: 500 }) })`
 */
export function inLanguages(en: string, zh: string, bounds: { readonly minLength?: number; readonly maxLength: number }) {
  const one = Type.String({ format: 'template', ...bounds })
  return Type.Union([one, Type.Object({ en: one, 'zh-CN': one }, { additionalProperties: false })], ui('template', en, zh))
}

/** How such a text is kept: as one for whoever knows no reader, and the two beside it where there are two. */
export function keptText(text: Text | undefined): { readonly text: string; readonly both: InBoth | null } {
  if (text === undefined || typeof text === 'string') return { text: text ?? '', both: null }
  return { text: text.en === text['zh-CN'] ? text.en : `${text.en} · ${text['zh-CN']}`, both: text }
}

/** The same done to a text in each language. */
export function eachLanguage(text: InBoth, change: (text: string) => string): InBoth {
  return { en: change(text.en), 'zh-CN': change(text['zh-CN']) }
}
