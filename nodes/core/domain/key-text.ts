/** Keys are compared as text: an order number 42 and "42" are the same. Null when there is nothing to compare. */
export function keyText(key: unknown): string | null {
  if (key === undefined || key === null || key === '') return null
  return typeof key === 'string' ? key : JSON.stringify(key)
}
