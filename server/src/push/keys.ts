import { generateKeyPairSync } from 'node:crypto'
import { pushKeys } from '../commands/push-tables.ts'
import type { Door } from '../door.ts'

export interface KeyPair {
  readonly publicKey: string
  readonly privateKey: string
}

/** The pair of this workspace; made when there is none, the private half sealed before it reaches the store. */
export async function ensureKeys(door: Door): Promise<KeyPair> {
  const known = findKeys(door)
  if (known !== null) return known
  const { publicKey, privateKey } = newKeys()
  await door.command('push.keep-keys', { publicKey, sealed: door.keyring.seal(privateKey) }, { kind: 'system', id: 'push' })
  // Another start may have been first: what stands in the store is the pair.
  return findKeys(door) ?? { publicKey, privateKey }
}

/** A pair of P-256 as RFC 8292 writes it: the point uncompressed, the number as it is. */
function newKeys(): KeyPair {
  const { x = '', y = '', d = '' } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return { publicKey: point.toString('base64url'), privateKey: d }
}

export function findKeys({ engine, keyring }: Door): KeyPair | null {
  const row = engine.reader.records.find(pushKeys, { id: 'vapid' })
  return row === null ? null : { publicKey: row.publicKey, privateKey: keyring.open(row.sealed) }
}
