import { createHmac, randomBytes } from 'node:crypto'
import type { PackKeyring } from '@sluice/sdk/server'

/**
 * How an identifier is recognised again without keeping it in the clear. Mobile numbers and addresses are few enough to be tried
 * out against a bare digest, so it is keyed, with a key that lies beside the database and not in it. Without a host the key lives
 * as long as the process.
 */
let digest: PackKeyring['digest'] = keyedFor(randomBytes(32))

export function useIdentityKey(keyring: PackKeyring | undefined): void {
  digest = keyring === undefined ? keyedFor(randomBytes(32)) : keyring.digest
}

export function identityToken(kind: string, value: string): string {
  const same = kind === 'email' ? value.trim().toLowerCase() : value.trim()
  return `hmac:${digest(`${kind}\u0000${same}`)}`
}

function keyedFor(key: Buffer): PackKeyring['digest'] {
  return (value) => createHmac('sha256', key).update(value, 'utf8').digest('base64url')
}
