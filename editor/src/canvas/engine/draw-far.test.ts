import { expect, test } from 'vitest'
import type { StepStatus } from '../../run/picture.ts'
import { toldAnew } from './draw-far.ts'

const status = (state: StepStatus['state']): StepStatus => ({ state, passed: 1, since: 0, dueAt: null, error: null })
const before = new Map([
  ['a', status('done')],
  ['b', status('running')],
])

test('of a run that goes on only the steps it tells something else of are drawn over', () => {
  expect(toldAnew(before, before)).toEqual([])
  expect(toldAnew(before, new Map(before))).toEqual([])
  expect(toldAnew(before, new Map([...before, ['b', status('done')], ['c', status('running')]]))).toEqual(['b', 'c'])
})

test('where a card would not hide what was there, all is painted anew', () => {
  expect(toldAnew(null, before)).toBeNull()
  expect(toldAnew(before, null)).toBeNull()
  // A step that is no longer told of is faint again, and one without a colour has a thinner edge.
  expect(toldAnew(before, new Map([['a', before.get('a') ?? status('done')]]))).toBeNull()
  expect(toldAnew(before, new Map([...before, ['b', status('cancelled')]]))).toBeNull()
  expect(
    toldAnew(before, new Map([...before, ...Array.from({ length: 1_000 }, (_, index) => [`s${index}`, status('done')] as const)])),
  ).toBeNull()
})
