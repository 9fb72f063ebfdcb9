import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changedMax, type LiveCounts, type LiveRun, liveCounts } from './live-counts.ts'

const at = (run: string, node: string, state: 'running' | 'waiting' | 'incident' = 'waiting', seq = 1): LiveRun => ({
  run,
  seq,
  places: [{ node, state, count: 1 }],
})
function started(...runs: readonly LiveRun[]): LiveCounts {
  const counts = liveCounts()
  expect(counts.ask()).toBe('all')
  counts.answer(runs)
  return counts
}
const seen = (counts: LiveCounts) =>
  Object.fromEntries([...counts.totals()].map(([node, { running, waiting, incident }]) => [node, [running, waiting, incident]]))

test('counts how many lines of all live runs run, wait or stand in an incident at each step', () => {
  const counts = started(at('a', 'pause'), at('b', 'pause'), at('c', 'check', 'incident'), at('d', 'check', 'running'))
  expect(seen(counts)).toEqual({ pause: [0, 2, 0], check: [1, 0, 1] })
  expect(counts.ask()).toBeNull()
})

test('a run that is heard of many times is asked for once and counted once', () => {
  const counts = started(at('a', 'check', 'running'))
  for (let time = 0; time < 5; time += 1) counts.hear('a', 'waiting')
  expect(counts.ask()).toEqual(['a'])
  counts.answer([at('a', 'pause')])
  expect(seen(counts)).toEqual({ pause: [0, 1, 0] })
})

test('a run that ends while its places are on the way is not counted again', () => {
  const counts = started(at('a', 'pause'))
  counts.hear('a', 'running')
  counts.ask()
  counts.hear('a', 'succeeded')
  counts.answer([at('a', 'check', 'running')])
  expect(seen(counts)).toEqual({})
  counts.lose()
  counts.ask()
  counts.hear('b', 'failed')
  counts.answer([at('b', 'check', 'incident'), at('c', 'pause')])
  expect(seen(counts)).toEqual({ pause: [0, 1, 0] })
})

test('after a cut everything is read anew, also when very many runs changed', () => {
  const counts = started(at('a', 'pause'))
  counts.lose()
  expect(counts.ask()).toBe('all')
  counts.answer([at('b', 'pause')])
  expect([counts.size, seen(counts)]).toEqual([1, { pause: [0, 1, 0] }])
  for (let index = 0; index <= changedMax; index += 1) counts.hear(`r${index}`, 'running')
  expect(counts.ask()).toBe('all')
})

test('whatever is heard twice, late or lost in a cut, at rest the counts are the server’s', () => {
  type Step = { readonly run: number; readonly does: 'move' | 'end' | 'cut'; readonly answers: boolean; readonly twice: boolean }
  const step: fc.Arbitrary<Step> = fc.record({
    run: fc.integer({ min: 0, max: 4 }),
    does: fc.constantFrom('move', 'move', 'end', 'cut'),
    answers: fc.boolean(),
    twice: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const server = new Map<string, LiveRun>()
      const over = new Set<string>()
      const counts = liveCounts()
      let waiting: readonly LiveRun[] | null = null
      const settle = () => {
        if (waiting !== null) counts.answer(waiting)
        waiting = null
      }
      const question = () => {
        if (waiting !== null) return
        const asked = counts.ask()
        if (asked !== null) waiting = asked === 'all' ? [...server.values()] : asked.flatMap((run) => server.get(run) ?? [])
      }
      let isDeaf = false
      for (const { run, does, answers, twice } of steps) {
        const id = `run${run}`
        if (over.has(id)) continue
        if (does === 'cut') isDeaf = true
        else if (does === 'move') server.set(id, at(id, `n${(server.get(id)?.seq ?? 0) % 3}`, 'waiting', (server.get(id)?.seq ?? 0) + 1))
        else {
          server.delete(id)
          over.add(id)
        }
        if (!isDeaf && does !== 'cut')
          for (let time = 0; time < (twice ? 2 : 1); time += 1) counts.hear(id, does === 'end' ? 'succeeded' : 'waiting')
        if (answers) settle()
        question()
        if (isDeaf && answers) {
          isDeaf = false
          settle()
          counts.lose()
        }
      }
      if (isDeaf) {
        settle()
        counts.lose()
      }
      for (let time = 0; time < 3; time += 1) {
        question()
        settle()
      }
      const real = started(...server.values())
      expect(seen(counts)).toEqual(seen(real))
    }),
    { numRuns: 200 },
  )
})

test('the runs behind the count of a step are named, the newest first', () => {
  const counts = started(at('a', 'pause'), at('b', 'check', 'incident'), at('c', 'pause', 'running'))
  expect(counts.at('pause')).toEqual([
    { run: 'c', state: 'running' },
    { run: 'a', state: 'waiting' },
  ])
  expect(counts.at('nowhere')).toEqual([])
})
