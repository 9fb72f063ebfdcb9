import { expect, test } from 'vitest'
import { endOfAxis } from './axis.ts'
import type { Visit } from './visits.ts'

const visit = (to: number | null): Visit => ({ node: 'ask', token: 't', nth: 1, item: null, from: 10, to, first: 1, last: 2 })

test('the axis of a run that waits for a person reaches to this moment', () => {
  expect(endOfAxis(10, 20, [visit(15), visit(null)], 29)).toBe(29)
})

test('the axis of a run that ended stays where it ended', () => {
  expect(endOfAxis(10, 20, [visit(15)], 9_000)).toBe(20)
})

test('the clock of a browser that runs late does not cut off what has happened', () => {
  expect(endOfAxis(10, 20, [visit(null)], 12)).toBe(20)
})

test('however long a run waits, what happened before has half of the axis', () => {
  expect(endOfAxis(10, 20, [visit(15), visit(null)], 9_000)).toBe(30)
  expect(endOfAxis(20, 20, [visit(null)], 9_000)).toBe(9_000)
})
