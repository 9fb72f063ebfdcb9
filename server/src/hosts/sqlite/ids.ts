/** ULIDs that only grow within one process: sorted by time, so rows of one moment lie side by side in the file. */
import { randomFillSync } from 'node:crypto'
import { encodeTime } from 'ulid'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const randomChars = 16

/**
 * The `ulid` package asks the operating system for each of 16 characters, which took a tenth of the engine's time under load (measured);
 * here one request fills many ids.
 */
export function idSource(now: () => number = Date.now): () => string {
  const pool = new Uint8Array(randomChars * 256)
  let used = pool.length
  let time = -1
  let prefix = ''
  /** Five bits each, most significant first. */
  const random = new Uint8Array(randomChars)

  function draw(): void {
    if (used === pool.length) {
      randomFillSync(pool)
      used = 0
    }
    for (let place = 0; place < randomChars; place += 1) random[place] = (pool[used + place] ?? 0) & 31
    used += randomChars
  }

  /** Adds one; false when all places are full, which needs 2⁸⁰ ids in a millisecond. */
  function increment(): boolean {
    for (let place = randomChars - 1; place >= 0; place -= 1) {
      const digit = random[place] ?? 0
      random[place] = digit === 31 ? 0 : digit + 1
      if (digit !== 31) return true
    }
    return false
  }

  return () => {
    const at = now()
    // A clock that went back must not make ids that sort before earlier ones.
    if (at > time || !increment()) {
      time = Math.max(at, time + (at > time ? 0 : 1))
      prefix = encodeTime(time, 10)
      draw()
    }
    let id = prefix
    for (let place = 0; place < randomChars; place += 1) id += alphabet[random[place] ?? 0]
    return id
  }
}
