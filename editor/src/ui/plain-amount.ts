const places: { readonly [unit: string]: number } = { 万: 4, 亿: 8 }

/** An amount in 万 or 亿 written out, digit by digit so that no cent is lost. @example `plainAmount('1.5万') // '15000'` */
export function plainAmount(text: string): string {
  const found = /^\s*([+-]?)([\d,，]+)(?:\.(\d+))?\s*([万亿])\s*$/u.exec(text)
  const by = found === null ? undefined : places[found[4] ?? '']
  if (found === null || by === undefined) return text
  const fraction = (found[3] ?? '').padEnd(by, '0')
  const whole = `${(found[2] ?? '').replace(/[,，]/g, '')}${fraction.slice(0, by)}`.replace(/^0+(?=\d)/, '')
  const rest = fraction.slice(by)
  return `${found[1]}${whole}${rest === '' ? '' : `.${rest}`}`
}
