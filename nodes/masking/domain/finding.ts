/** What kind of personal data something is. */
export type PiiKind =
  | 'cn-mobile'
  | 'phone'
  | 'cn-resident-id'
  | 'cn-id-15'
  | 'bank-card'
  | 'iban'
  | 'email'
  | 'cn-plate'
  | 'vin'
  | 'eu-vat'
  | 'cn-credit-code'
  | 'passport'
  | 'travel-permit'
  | 'wechat-id'
  | 'qq-id'
  | 'cn-name'
  | 'ip'
  | 'mac'
  | 'imei'
  | 'birth-date'
  | 'cn-address'
  | 'digit-run'

/** How sure a detector is: checksum and context beat a mere shape (domain/CONSENT.md §6). */
export const confidence = { checksumAndContext: 0.95, checksum: 0.85, weakChecksum: 0.6, patternAndContext: 0.7, pattern: 0.4 } as const

/** Something found. Offsets count characters of the normalised text. */
export interface Finding {
  readonly kind: PiiKind
  readonly start: number
  readonly end: number
  readonly confidence: number
  /** How it is shown: stars for the marked characters, or this text instead of all of it, or as it is. */
  readonly view: { readonly stars: readonly number[] } | { readonly text: string } | 'as-is'
}

/** Stars for all but the first and last few of these characters. */
export function stars(at: readonly number[], keepFirst: number, keepLast: number): { readonly stars: readonly number[] } {
  return { stars: at.slice(keepFirst, Math.max(keepFirst, at.length - keepLast)) }
}

export function range(start: number, end: number): readonly number[] {
  return Array.from({ length: end - start }, (_, index) => start + index)
}

/** Characters looked at on each side for words that tell what a number is. */
const contextChars = 16

/** Whether one of these words stands shortly before or after. */
export function hasContext(text: string, start: number, end: number, words: RegExp): boolean {
  return words.test(text.slice(Math.max(0, start - contextChars), start)) || words.test(text.slice(end, end + contextChars))
}

/** Whether one of these words stands shortly before. */
export function hasContextBefore(text: string, start: number, words: RegExp): boolean {
  return words.test(text.slice(Math.max(0, start - contextChars), start))
}
