import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { PackKeyring } from '@sluice/sdk/server'
import { keyFile } from '../hosts/sqlite/data-folder.ts'

/** Seals secrets that we must be able to read again, such as webhook keys: the database alone does not give them away. */
export type Keyring = PackKeyring

export function openKeyring(dataFolder: string): Keyring {
  return keyring(keyFile(join(dataFolder, 'keys', 'secrets.key')))
}

/** Reads the key when it is first needed: packs start before the data folder is ready. */
export function lazyKeyring(dataFolder: string): Keyring {
  let opened: Keyring | null = null
  const ring = () => {
    opened ??= openKeyring(dataFolder)
    return opened
  }
  return { seal: (secret) => ring().seal(secret), open: (sealed) => ring().open(sealed), digest: (value) => ring().digest(value) }
}

function keyring(key: Buffer): Keyring {
  // A key of its own: what is sealed and what is recognised share no key.
  const digestKey = Buffer.from(hkdfSync('sha256', key, '', 'sluice:digest', 32))
  return {
    digest: (value) => createHmac('sha256', digestKey).update(value, 'utf8').digest('base64url'),
    seal(secret) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
    },
    open(text) {
      const bytes = Buffer.from(text, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    },
  }
}
