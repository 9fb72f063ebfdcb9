/** Luhn: bank cards, IMEI. A random run passes in one of ten cases, so it never proves alone. */
export function luhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48
    const doubled = index % 2 === 0 ? digit : digit * 2
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** GB 11643: the last character of a resident ID. */
export function residentIdChecksum(id: string): boolean {
  const sum = idWeights.reduce((total, weight, index) => total + weight * Number(id[index]), 0)
  return '10X98765432'[sum % 11] === id[17]
}

/** ISO 7064 mod 97-10: IBAN. */
export function ibanChecksum(iban: string): boolean {
  let rest = 0
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(char, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** GB 32100: the last character of a unified social credit code; weights are powers of 3 mod 31. */
export function creditCodeChecksum(code: string): boolean {
  let sum = 0
  let weight = 1
  for (let index = 0; index < 17; index++) {
    const value = creditAlphabet.indexOf(code[index] ?? '')
    if (value < 0) return false
    sum += value * weight
    weight = (weight * 3) % 31
  }
  return creditAlphabet[(31 - (sum % 31)) % 31] === code[17]
}

/** ISO 7064 mod 11,10: German VAT number. */
export function germanVatChecksum(digits: string): boolean {
  let product = 10
  for (let index = 0; index < 8; index++) {
    const sum = (Number(digits[index]) + product) % 10 || 10
    product = (sum * 2) % 11
  }
  return (11 - product) % 10 === Number(digits[8])
}

/** French VAT key over the SIREN. */
export function frenchVatChecksum(key: string, siren: string): boolean {
  return Number(key) === (12 + 3 * (Number(siren) % 97)) % 97
}

const vinValues: { readonly [char: string]: number } = {
  A: 1,
  B: 2,
  C: 3,
  D: 4,
  E: 5,
  F: 6,
  G: 7,
  H: 8,
  J: 1,
  K: 2,
  L: 3,
  M: 4,
  N: 5,
  P: 7,
  R: 9,
  S: 2,
  T: 3,
  U: 4,
  V: 5,
  W: 6,
  X: 7,
  Y: 8,
  Z: 9,
}
const vinWeights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]

/** ISO 3779 check digit, used in North America and China; elsewhere the ninth place means nothing. */
export function vinChecksum(vin: string): boolean {
  const sum = vinWeights.reduce((total, weight, index) => total + weight * (vinValues[vin[index] ?? ''] ?? Number(vin[index])), 0)
  return '0123456789X'[sum % 11] === vin[8]
}

/** A day that was or will be: 30 February never is. */
export function isRealDate(year: number, month: number, day: number): boolean {
  if (year < 1880 || year > 2100 || month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}
