import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * The key that signs withdrawal receipts (Ed25519). The host names a file in its data folder; without one a key that lives as
 * long as the process signs, so that simulations need no disk. Each receipt carries its public key, so it verifies alone.
 */
let current: { readonly key: KeyObject; readonly kid: string } | null = null
let path: string | null = null

/** Reads the key, or makes it at the first start, readable by its owner only. */
export function useReceiptKey(file: string): void {
  path = file
  current = null
}

export interface PublicKey {
  readonly kty: string
  readonly crv: string
  readonly x: string
  readonly kid: string
}

export function receiptPublicKey(): PublicKey {
  const { key, kid } = signer()
  const jwk = createPublicKey(key).export({ format: 'jwk' })
  return { kty: String(jwk.kty), crv: String(jwk.crv), x: String(jwk.x), kid }
}

/** A compact JWS (RFC 7515) with algorithm EdDSA: any JOSE library verifies it. */
export function signReceipt(body: object): string {
  const { key } = signer()
  const header = { alg: 'EdDSA', typ: 'sluice-withdrawal-receipt+jws', jwk: receiptPublicKey() }
  const signed = `${encode(header)}.${encode(body)}`
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`
}

function signer(): { readonly key: KeyObject; readonly kid: string } {
  current ??= withId(path === null ? generateKeyPairSync('ed25519').privateKey : fromFile(path))
  return current
}

function fromFile(file: string): KeyObject {
  try {
    return createPrivateKey(readFileSync(file, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const { privateKey } = generateKeyPairSync('ed25519')
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  // Written aside and then given its name: a process that is killed leaves no half key, which nothing could ever sign with again.
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx', flush: true })
    linkSync(draft, file)
    return privateKey
  } catch (error) {
    // Two threads of one process may both arrive first; the file that stands is the key.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return createPrivateKey(readFileSync(file, 'utf8'))
  } finally {
    rmSync(draft, { force: true })
  }
}

/** RFC 7638 thumbprint. */
function withId(key: KeyObject): { readonly key: KeyObject; readonly kid: string } {
  const { crv, kty, x } = createPublicKey(key).export({ format: 'jwk' })
  return { key, kid: createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url') }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
