/** Two characters that stand for a name: the given name in Chinese, first letters elsewhere. @example `initialsOf('Chen Ying') // 'CY'` */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  if (words.length === 1 && /\p{Script=Han}/u.test(name)) return [...name.trim()].slice(-2).join('')
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase()
}
