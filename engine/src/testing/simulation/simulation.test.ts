import { expect, test } from 'vitest'
import { crashPoints } from './faults.ts'
import { everyFault, playScenario } from './scenario.ts'

/** More before a release: `SLUICE_SIMULATION_SEEDS=100000 npx vitest run engine/src/testing/simulation`. */
const seeds = Number(process.env.SLUICE_SIMULATION_SEEDS ?? 500)
const only = process.env.SLUICE_SIMULATION_SEED

function play(seed: number, faults = everyFault) {
  try {
    return playScenario(seed, faults)
  } catch (error) {
    throw new Error(
      `seed ${seed}: ${(error as Error).message}\nrepeat: SLUICE_SIMULATION_SEED=${seed} npx vitest run engine/src/testing/simulation`,
      { cause: error },
    )
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
    let crashes = 0
    for (let seed = 1; seed <= 10; seed++) crashes += play(seed, { crash: 0.2, crashAt: [point], actFails: 0.1 }).crashes
    expect(crashes).toBeGreaterThan(0)
  })
}

test('the same seed gives the same history, to the digest of every run', () => {
  expect(play(42).digest()).toBe(play(42).digest())
})
