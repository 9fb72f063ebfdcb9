/** Money travels as minor units beside its currency. */
export function moneyIn(value: Readonly<Record<string, unknown>>): { readonly amount: number; readonly currency: string } | null {
  const { amount, currency } = value
  if (typeof amount !== 'number' || !Number.isInteger(amount)) return null
  return typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? { amount, currency } : null
}
