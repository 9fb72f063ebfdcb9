/** Names under which money travels, as minor units beside its currency. */
const names: readonly string[] = ['amount', 'discount']

/** What stands under this name, if it is money. */
export function moneyIn(
  value: Readonly<Record<string, unknown>>,
  name = 'amount',
): { readonly amount: number; readonly currency: string } | null {
  const { [name]: amount, currency } = value
  if (!names.includes(name) || typeof amount !== 'number' || !Number.isInteger(amount)) return null
  return typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? { amount, currency } : null
}
