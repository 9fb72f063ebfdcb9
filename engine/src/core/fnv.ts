/** FNV-1a over the UTF-16 units of a text, as an unsigned 32-bit number. Journals hang on it by the delays of retries: it never changes. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}
