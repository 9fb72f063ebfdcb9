/** Joins class names, leaving out what is off. @example `cx(styles.button, isWide && styles.wide)` */
export function cx(...parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' ')
}
