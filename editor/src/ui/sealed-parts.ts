import type { MaskReason } from './MaskedValue.tsx'

const mark = /\[(frozen|no_consent|policy)\]/

export type SealedPart = string | { readonly reason: MaskReason }

/** What stands in a text, and why the rest of it does not. @example `sealedParts('Your [policy] is ready')` */
export function sealedParts(text: string): readonly SealedPart[] {
  return text
    .split(mark)
    .map((part, at): SealedPart => (at % 2 === 1 ? { reason: part as MaskReason } : part))
    .filter((part) => part !== '' || text === '')
}
