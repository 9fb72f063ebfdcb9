/** Plain JSON as it travels between steps. `undefined`, functions and dates never occur. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/** A name people read: one string for every language, or one per language. */
export type Text = string | { readonly en: string; readonly 'zh-CN': string }
export type Language = 'en' | 'zh-CN'

/** Picks the wording for a language. @example `say({ en: 'Flow', 'zh-CN': '流程' }, 'zh-CN') // '流程'` */
export function say(text: Text, language: Language): string {
  return typeof text === 'string' ? text : text[language]
}
