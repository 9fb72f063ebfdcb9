import { MaskedValue } from './MaskedValue.tsx'
import { sealedParts } from './sealed-parts.ts'

/** A text in which parts are not for the reader: they are shown as any sealed value is, not by the mark the server leaves in their place. */
export function SealedText({ text }: { readonly text: string }) {
  const parts = sealedParts(text)
  if (parts.length === 1 && typeof parts[0] === 'string') return text
  // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, which is replaced as a whole.
  return parts.map((part, at) => (typeof part === 'string' ? part : <MaskedValue key={at} reason={part.reason} isShort />))
}
