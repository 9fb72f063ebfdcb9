const accents: Readonly<Record<string, string>> = {
  a: 'á',
  c: 'ç',
  e: 'é',
  i: 'ï',
  n: 'ñ',
  o: 'ö',
  s: 'š',
  u: 'ü',
  y: 'ý',
  A: 'Å',
  C: 'Ç',
  E: 'É',
  I: 'Î',
  O: 'Ø',
  S: 'Š',
  U: 'Û',
}

/** English with accents, brackets and 60 % more length. @example `pseudo('Save') // '⟦Šávé ··⟧'` */
export function pseudo(text: string): string {
  const accented = [...text].map((character) => accents[character] ?? character).join('')
  return `⟦${accented} ${'·'.repeat(Math.max(1, Math.ceil(text.length * 0.6) - 3))}⟧`
}
