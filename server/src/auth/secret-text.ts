import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 bits, in letters that survive a URL, a header and a copy by hand. */
export function newSecret(prefix = ''): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`
}

/** For secrets of full strength only: they cannot be guessed, so a fast hash is enough. Passwords go through `hashPassword`. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

export function sameText(a: string, b: string): boolean {
  const [left, right] = [createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest()]
  return timingSafeEqual(left, right)
}

/** A signing key as Standard Webhooks writes it. */
export function newHookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}
