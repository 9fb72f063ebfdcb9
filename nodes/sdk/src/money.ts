/** Money is an integer of minor units with its currency; never a floating point number of whole units. */
export interface Money {
  /** Minor units: 12345 is 123.45 in a currency with two decimals. */
  readonly amount: number
  /** ISO 4217. */
  readonly currency: string
}

/** Currencies whose minor unit is not a hundredth. The rest have two decimals (ISO 4217). */
const decimalsOf: { readonly [currency: string]: number } = {
  BHD: 3,
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
}

export function currencyDecimals(currency: string): number {
  return decimalsOf[currency] ?? 2
}

/** Null unless the value is whole minor units with a currency code. */
export function asMoney(value: unknown): Money | null {
  if (typeof value !== 'object' || value === null) return null
  const { amount, currency } = value as { amount?: unknown; currency?: unknown }
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount)) return null
  return typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? { amount, currency } : null
}

/**
 * Reads what people type. Null when it is no amount or has more decimals than the currency.
 * @example `parseMoney('1,234.5', 'EUR') // { amount: 123450, currency: 'EUR' }`
 */
export function parseMoney(text: string, currency: string): Money | null {
  const found = /^([+-]?)(\d{1,15})(?:\.(\d{1,3}))?$/.exec(text.replace(/[,，\s]/g, ''))
  if (found === null) return null
  const decimals = currencyDecimals(currency)
  const fraction = found[3] ?? ''
  if (fraction.length > decimals) return null
  const minor = Number(`${found[1] === '-' ? '-' : ''}${found[2]}${fraction.padEnd(decimals, '0')}`)
  return asMoney({ amount: minor, currency })
}

/** Plain decimal text without grouping. @example `moneyText({ amount: 123450, currency: 'EUR' }) // '1234.50 EUR'` */
export function moneyText({ amount, currency }: Money): string {
  const decimals = currencyDecimals(currency)
  const digits = String(Math.abs(amount)).padStart(decimals + 1, '0')
  const sign = amount < 0 ? '-' : ''
  const whole = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  return `${sign}${whole} ${currency}`
}
