import { refuse } from '../http/errors/refusal.ts'

/** Ten wrong tries in a quarter of an hour per person, fifty per address; then a pause. */
const signInLimits = { perEmail: 10, perAddress: 50, windowMs: 900_000, trackedMax: 10_000 } as const

interface Failures {
  count: number
  until: number
}

export interface SignInLimit {
  /** Throws while one of these has to wait. */
  assertMayTry(email: string, address: string, now: number): void
  failed(email: string, address: string, now: number): void
  succeeded(email: string): void
}

export function signInLimit(): SignInLimit {
  const failures = new Map<string, Failures>()

  function check(key: string, limit: number, now: number): void {
    const known = failures.get(key)
    if (known === undefined || known.until <= now || known.count < limit) return
    const seconds = Math.ceil((known.until - now) / 1_000)
    throw refuse('SLU_RATE_LIMIT', { values: { seconds }, headers: { 'retry-after': String(seconds) } })
  }

  function count(key: string, now: number): void {
    const known = failures.get(key)
    if (known !== undefined && known.until > now) {
      known.count += 1
      return
    }
    failures.delete(key)
    // Oldest first: a flood of made-up names pushes out other made-up names.
    for (const oldest of failures.keys()) {
      if (failures.size < signInLimits.trackedMax) break
      failures.delete(oldest)
    }
    failures.set(key, { count: 1, until: now + signInLimits.windowMs })
  }

  return {
    assertMayTry(email, address, now) {
      check(`email ${email}`, signInLimits.perEmail, now)
      check(`address ${address}`, signInLimits.perAddress, now)
    },
    failed(email, address, now) {
      count(`email ${email}`, now)
      count(`address ${address}`, now)
    },
    succeeded(email) {
      failures.delete(`email ${email}`)
    },
  }
}
