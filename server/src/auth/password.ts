import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { refuse } from '../http/errors/refusal.ts'

/** scrypt with 32 MiB a try: slow enough for a thief, quick enough for a person. */
const cost = { N: 2 ** 15, r: 8, p: 1, keyBytes: 32, saltBytes: 16 }
export const passwordLimits = { charsMin: 12, charsMax: 200, hashesAtOnceMax: 2, hashesWaitingMax: 50 } as const

/** Runs a few at a time: each takes a core for a moment, and sign-ins must not starve the intake. */
let running = 0
const waiting: (() => void)[] = []

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(cost.saltBytes)
  const key = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** Takes as long for an unknown person (`null`) as for a wrong password. */
export async function checkPassword(password: string, stored: string | null): Promise<boolean> {
  const [, N, r, p, salt, key] = (stored ?? nobody).split('$')
  const expected = Buffer.from(key ?? '', 'base64url')
  const derived = await derive(password, Buffer.from(salt ?? '', 'base64url'), { N: Number(N), r: Number(r), p: Number(p) })
  return derived.length === expected.length && timingSafeEqual(derived, expected) && stored !== null
}

const nobody = [
  'scrypt',
  cost.N,
  cost.r,
  cost.p,
  Buffer.alloc(cost.saltBytes).toString('base64url'),
  Buffer.alloc(cost.keyBytes).toString('base64url'),
].join('$')

/** Length decides; the most common ones of that length are refused by name. */
export function assertStrong(password: string, email: string): void {
  const plain = password.toLowerCase()
  const variety = new Set(plain).size
  const obvious = variety < 5 || plain === email.toLowerCase() || common.some((word) => plain.replaceAll(word, '').length <= 4)
  if (password.length < passwordLimits.charsMin || password.length > passwordLimits.charsMax || obvious) throw refuse('SLU_PASSWORD_WEAK')
}

const common = ['password', 'passwort', '123456', 'qwerty', 'abc123', 'letmein', 'welcome', 'admin', 'woaini', 'iloveyou', 'sluice']

async function derive(
  password: string,
  salt: Buffer,
  options: { readonly N: number; readonly r: number; readonly p: number },
): Promise<Buffer> {
  await turn()
  try {
    return await scryptKey(password.normalize('NFKC'), salt, { ...options, maxmem: 256 * options.N * options.r })
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

async function turn(): Promise<void> {
  if (running >= passwordLimits.hashesAtOnceMax) {
    if (waiting.length >= passwordLimits.hashesWaitingMax) throw refuse('SLU_BUSY', { headers: { 'retry-after': '2' } })
    await new Promise<void>((resume) => waiting.push(resume))
  }
  running += 1
}

function scryptKey(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, cost.keyBytes, options, (error, key) => (error === null ? resolve(key) : reject(error)))
  })
}
