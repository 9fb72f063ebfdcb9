import { expect, test } from 'vitest'
import type { JournalItem } from '../app/api/shapes.ts'
import { compareRuns } from './compare.ts'

const left = (node: string, port: string, data: unknown): JournalItem =>
  ({ seq: 1, at: '2026-01-01T00:00:00Z', kind: 'node.completed', node, port, data }) as never

test('equal runs differ in nothing', () => {
  const run = [left('a', 'out', { n: 1 }), left('b', 'true', null)]
  expect(compareRuns(run, [...run])).toEqual([])
})

test('the first difference comes first, and the list holds each kind', () => {
  const here = [left('a', 'out', { n: 1 }), left('b', 'true', 1), left('c', 'out', 1)]
  const there = [left('a', 'out', { n: 2 }), left('b', 'false', 1), left('d', 'out', 1)]
  expect(compareRuns(here, there).map(({ node, kind }) => [node, kind])).toEqual([
    ['a', 'data'],
    ['b', 'port'],
    ['c', 'only-here'],
    ['d', 'only-there'],
  ])
})

test('turns of a loop are compared turn by turn', () => {
  const here = [left('a', 'out', 1), left('a', 'out', 2), left('a', 'out', 3)]
  const there = [left('a', 'out', 1), left('a', 'out', 9)]
  expect(compareRuns(here, there)).toMatchObject([
    { node: 'a', nth: 2, kind: 'data', here: { place: 1 } },
    { node: 'a', nth: 3, kind: 'only-here' },
  ])
})
