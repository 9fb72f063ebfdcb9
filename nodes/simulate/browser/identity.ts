/** Stands in for the keyed digest of identifiers. They are recognised again; what is kept is in memory and gone with the simulation. */
import { sha256Hex } from '@sluice/engine/core'

export function useIdentityKey(): void {}

export function identityToken(kind: string, value: string): string {
  const same = kind === 'email' ? value.trim().toLowerCase() : value.trim()
  return `hmac:${sha256Hex(`${kind}\u0000${same}`)}`
}
