import { createDecipheriv } from 'node:crypto'
import { problem } from '@sluice/sdk/server'

const blockBytes = 32
const randomBytes = 16
const lengthBytes = 4

/**
 * Opens a push in safe mode: AES-256-CBC, key = EncodingAESKey + '=' in base64, IV = the key's first 16 bytes, PKCS#7 to blocks
 * of 32 bytes; inside 16 random bytes, a 4-byte big-endian length, the message, and the receiver's app id.
 */
export function openSafeMode(encrypted: string, encodingAesKey: string, appId: string): string {
  const refusal = problem('SLU_WECHAT_DECRYPT', 400, 'The encrypted push cannot be opened')
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  const body = Buffer.from(encrypted, 'base64')
  if (key.length !== 32 || body.length === 0 || body.length % 16 !== 0) throw refusal
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(body), decipher.final()])
  const padding = padded.at(-1) ?? 0
  if (padding < 1 || padding > blockBytes || padding > padded.length) throw refusal
  const plain = padded.subarray(0, padded.length - padding)
  if (plain.length < randomBytes + lengthBytes) throw refusal
  const start = randomBytes + lengthBytes
  const end = start + plain.readUInt32BE(randomBytes)
  if (end > plain.length || plain.subarray(end).toString('utf8') !== appId) throw refusal
  return plain.subarray(start, end).toString('utf8')
}
