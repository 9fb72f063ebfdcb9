/**
 * Stands in for `node:crypto` where a browser plays a draft. Steps hash what people are shown; the rest of what the server halves name
 * belongs to routes and to acts on the outside world, which a simulation has none of.
 */
import { sha256Hex } from '@sluice/engine/core'

interface Hash {
  update(text: string): Hash
  digest(form: 'hex'): string
}

export function createHash(name: string): Hash {
  if (name !== 'sha256') return absent(name)
  const parts: string[] = []
  const hash: Hash = {
    update(text) {
      parts.push(text)
      return hash
    },
    digest: () => sha256Hex(parts.join('')),
  }
  return hash
}

export const createHmac = () => absent('createHmac')
export const createDecipheriv = () => absent('createDecipheriv')
export const timingSafeEqual = () => absent('timingSafeEqual')

function absent(name: string): never {
  throw new Error(`A simulation in the browser has no ${name}`)
}
