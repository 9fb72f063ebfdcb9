/** FNV-1a over the characters of a text: short, quick, and no secret is behind it. The build reads this file too, where no workspace can be. */
export function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(16)
}
