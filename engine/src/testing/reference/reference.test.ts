import { expect, test } from 'vitest'
import { everyFault } from '../simulation/scenario.ts'
import { blocks } from './blocks.ts'
import { compareFlow } from './compare.ts'
import { playThroughFaults } from './faults.ts'
import { actKinds } from './operate.ts'

/** More before a release: `npm run simulate -- --flows 1000000`. */
const flows = 2_000
const faulty = 100

test(`${flows} random flows run on the real loop as the reference interpreter says, step by step and to the millisecond`, () => {
  const seen = new Map<string, number>()
  const skipped = { refused: 0, long: 0, tied: 0 }
  let same = 0
  for (let seed = 1; seed <= flows; seed++) {
    const verdict = compareFlow({ seed })
    if (verdict.kind === 'different') throw new Error(`flow ${seed}: ${verdict.what}\nrepeat: npm run simulate -- --flow ${seed}`)
    if (verdict.kind === 'skipped') skipped[verdict.why]++
    else {
      same++
      for (const kind of verdict.kinds) seen.set(kind, (seen.get(kind) ?? 0) + 1)
    }
  }
  expect(same, JSON.stringify(skipped)).toBeGreaterThan(flows * 0.8)
  const faultyOnly = ['rescue', 'stuck']
  const acts = [...new Set(actKinds)].map((kind) => `act ${kind}`)
  for (const kind of [...Object.keys(blocks), 'stray', 'undo', 'undone', 'sharp', 'buffered', 'grows', 'loop limit', 'limits', ...acts])
    if (!faultyOnly.includes(kind)) expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(flows / 100)
  expect(seen.get('undone group') ?? 0).toBeGreaterThan(flows / 200)
}, 300_000)

test(`${faulty} random flows come to the same through crashes, full disks, repeats, pauses and clock jumps`, () => {
  let crashes = 0
  let compared = 0
  const operated = new Map<string, number>()
  for (let seed = 1; seed <= faulty; seed++) {
    try {
      const world = playThroughFaults({ seed }, everyFault)
      crashes += world?.crashes ?? 0
      if (world !== null) compared++
      for (const { id } of world?.runs() ?? [])
        for (const { kind } of world?.store.journal.read(id).flatMap(({ entries }) => entries) ?? [])
          operated.set(kind, (operated.get(kind) ?? 0) + 1)
    } catch (error) {
      throw new Error(`flow ${seed}: ${(error as Error).message}\nrepeat: npm run simulate -- --faulty ${seed}`, { cause: error })
    }
  }
  expect(compared).toBeGreaterThan(faulty * 0.9)
  expect(crashes).toBeGreaterThan(faulty / 2)
  for (const kind of ['node.skipped', 'node.retried', 'run.forked', 'run.moved', 'undo.step-done'] as const)
    expect(operated.get(kind) ?? 0, kind).toBeGreaterThan(2)
}, 300_000)
