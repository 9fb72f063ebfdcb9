/** For comparing words as people do: width, case and accents do not matter. @example `fold('ＡbÇ') // 'abc'` */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
