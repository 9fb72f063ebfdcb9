import { expect, test } from 'vitest'
import type { JournalItem } from '../app/api/shapes.ts'
import { visitsIn, visitsOf } from './visits.ts'

const entry = (kind: string, at: number, more: object = {}): JournalItem => ({ seq: at, at: new Date(at).toISOString(), kind, ...more })
const next = (...tokens: readonly (readonly [string, string])[]) => ({ next: tokens.map(([id, node]) => ({ id, node })) })

test('parallel lines stay at their steps at the same time', () => {
  const visits = visitsIn([
    entry('run.started', 0, { node: 'start', ...next(['a', 'left'], ['b', 'middle'], ['c', 'right']) }),
    entry('node.completed', 10, { node: 'left', token: 'a', ...next() }),
    entry('node.waiting', 12, { node: 'right', token: 'c' }),
    entry('node.completed', 20, { node: 'middle', token: 'b', ...next() }),
    entry('node.completed', 30, { node: 'right', token: 'c', ...next() }),
    entry('run.succeeded', 30),
  ])
  expect(visits.map(({ node, from, to }) => [node, from, to])).toEqual([
    ['start', 0, 0],
    ['left', 0, 10],
    ['middle', 0, 20],
    ['right', 0, 30],
  ])
})

test('a loop of fifty is fifty stays, each with its own last entry', () => {
  const entries = [entry('run.started', 0, { node: 'start', ...next(['t0', 'again']) })]
  for (let turn = 0; turn < 50; turn++)
    entries.push(
      entry('node.completed', turn + 1, { node: 'again', token: `t${turn}`, ...(turn < 49 ? next([`t${turn + 1}`, 'again']) : next()) }),
    )
  const visits = visitsIn(entries)
  expect(visitsOf(visits, 'again', entries.length).map(({ nth }) => nth)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
  expect(visitsOf(visits, 'again', 3)).toHaveLength(3)
  expect(visits.find(({ nth, node }) => node === 'again' && nth === 7)).toMatchObject({ first: 6, last: 7, item: null })
})

test('steps inside a for each know their item, also behind its first step', () => {
  const visits = visitsIn([
    entry('run.started', 0, { node: 'start', ...next(['e', 'each']) }),
    entry('each.item-started', 1, { node: 'each', token: 'e', index: 0, ...next(['i0', 'call']) }),
    entry('each.item-started', 1, { node: 'each', token: 'e', index: 1, ...next(['i1', 'call']) }),
    entry('node.completed', 2, { node: 'call', token: 'i1', ...next(['j1', 'note']) }),
    entry('each.item-failed', 3, { node: 'each', token: 'e', index: 0, line: 'i0' }),
  ])
  expect(visits.filter(({ node }) => node === 'call').map(({ item, to }) => [item, to])).toEqual([
    [1, 3],
    [2, 2],
  ])
  expect(visits.find(({ node }) => node === 'each')?.to).toBeNull()
  expect(visits.find(({ node }) => node === 'note')?.item).toBe(2)
})

test('lines that meet leave the join together, and what is open at the end of the run ends with it', () => {
  const visits = visitsIn([
    entry('run.started', 0, { node: 'start', ...next(['a', 'join'], ['b', 'join'], ['c', 'slow']) }),
    entry('join.passed', 5, { node: 'join', tokens: ['a', 'b'], ...next(['d', 'after']) }),
    entry('run.cancelled', 9),
  ])
  expect(visits.map(({ node, to }) => [node, to])).toEqual([
    ['start', 0],
    ['join', 5],
    ['join', 5],
    ['slow', 9],
    ['after', 9],
  ])
})
