/**
 * Keys that never occur in our JSON. The first three can change an object's prototype; `_jsonata_…` marks functions inside the
 * expression language, so data that carries it could pose as code and switch masking off.
 */
export function isReservedKey(key: string): boolean {
  const first = key.charCodeAt(0)
  if (first === 95) return key === '__proto__' || key.startsWith('_jsonata_')
  if (first === 99) return key === 'constructor'
  return first === 112 && key === 'prototype'
}
