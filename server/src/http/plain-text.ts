/** Text without control characters and without halves of characters: what a name or an id may be made of. */
export function isPlainText(value: string): boolean {
  for (let index = 0; index < value.length; index++) {
    const unit = value.charCodeAt(index)
    if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f)) return false
    if (unit >= 0xd800) return !/\p{Surrogate}/u.test(value)
  }
  return true
}
