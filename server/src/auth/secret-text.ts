import { hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

/** 256 bits, in letters that survive a URL, a header and a copy by hand. */
export function newSecret(prefix = ''): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`
}

/** For secrets of full strength only: they cannot be guessed, so a fast hash is enough. Passwords go through `hashPassword`. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'base64url')
}

export function sameText(a: string, b: string): boolean {
  const [left, right] = [hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer')]
  return timingSafeEqual(left, right)
}

/** A signing key as Standard Webhooks writes it. */
export function newHookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

/** What API tokens begin with, so that scanners for leaked secrets know them, and how much of one stays visible in lists. */
export const tokenPrefix = 'slu_'
export const tokenPrefixChars = 12

/** Sixteen letters and digits that cannot be mistaken for one another, in groups: easy to type, 79 bits. */
export function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}
