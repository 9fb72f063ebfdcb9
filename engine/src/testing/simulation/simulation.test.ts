import { expect, test } from 'vitest'
import { crashPoints, writePoints } from './faults.ts'
import { everyFault, playScenario } from './scenario.ts'

/** More before a release: `npm run simulate -- --seeds 100000`. */
const seeds = Number(process.env.SLUICE_SIMULATION_SEEDS ?? 500)
const only = process.env.SLUICE_SIMULATION_SEED

function play(seed: number, faults = everyFault) {
  try {
    return playScenario(seed, faults)
  } catch (error) {
    const repeat = faults === everyFault ? `\nrepeat: npm run simulate -- --seed ${seed}` : ''
    throw new Error(`seed ${seed}: ${(error as Error).message}${repeat}`, { cause: error })
  }
}

test(`every invariant holds through ${only === undefined ? `${seeds} seeds` : `seed ${only}`} of crashes, duplicates, failures and clock jumps`, () => {
  const list = only === undefined ? Array.from({ length: seeds }, (_, index) => index + 1) : [Number(only)]
  let crashes = 0
  let ended = 0
  for (const seed of list) {
    const world = play(seed)
    crashes += world.crashes
    ended += world.runs().filter(({ endedAt }) => endedAt !== null).length
  }
  expect(ended).toBeGreaterThan(list.length)
  expect(crashes).toBeGreaterThan(list.length > 20 ? 10 : -1)
}, 120_000)

for (const point of crashPoints) {
  test(`a crash ${point} loses nothing and doubles nothing`, () => {
    let struck = 0
    for (let seed = 1; seed <= 6; seed++) {
      struck += play(seed, { crash: 0.2, crashAt: [point], actFails: 0.1 }).faults.struck.get(point) ?? 0
      // A start is rare without another crash before it.
      if (point === 'during-recovery') struck += play(seed, { crash: 0.1, crashAt: [point, 'after-commit'] }).faults.struck.get(point) ?? 0
    }
    expect(struck).toBeGreaterThan(0)
  })
}

/** Written so seldom that the disk has to be full more often. */
const rare: ReadonlySet<string> = new Set(['waits', 'inbox', 'audit'])

for (const point of writePoints) {
  test(`a disk that is full when ${point} are written refuses the whole batch, and what is told again is done once`, () => {
    let struck = 0
    for (let seed = 1; seed <= 5; seed++)
      struck +=
        play(seed, {
          diskFull: rare.has(point) ? 0.4 : 0.02,
          fullAt: [point],
          actFails: 0.1,
          crash: 0.01,
        }).faults.struck.get(point) ?? 0
    expect(struck).toBeGreaterThan(0)
  })
}

test('acts that the door puts back come again, also through crashes, and their places are given back', () => {
  let putBacks = 0
  for (let seed = 1; seed <= 6; seed++) putBacks += play(seed, { putBack: 0.5, crash: 0.02, actFails: 0.1 }).faults.putBacks
  expect(putBacks).toBeGreaterThan(20)
})

test('the same seed gives the same history, to the digest of every run', () => {
  expect(play(42).digest()).toBe(play(42).digest())
})
