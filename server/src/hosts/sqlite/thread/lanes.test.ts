import { expect, test } from 'vitest'
import { lanes } from './lanes.ts'

test('what is high goes before the rest, each in its order, and what is urgent before all', () => {
  const queue = lanes<string>()
  queue.push('plain 1', false)
  queue.push('low', false, 2)
  queue.push('high 1', false, 0)
  queue.push('plain 2', false)
  queue.push('high 2', false, 0)
  queue.push('fence', true)
  expect(queue.length).toBe(6)
  expect(queue.take(4)).toEqual(['fence', 'high 1', 'high 2', 'plain 1'])
  expect(queue.take(4)).toEqual(['plain 2', 'low'])
  expect(queue.take(4)).toEqual([])
  expect(queue.length).toBe(0)
})

test('a stream of high requests that never ends leaves one place of eight to whoever waits longest', () => {
  const queue = lanes<string>()
  queue.push('plain', false)
  queue.push('low', false, 2)
  const taken: string[] = []
  for (let turn = 0; turn < 40; turn++) {
    queue.push(`high ${turn}`, false, 0)
    queue.push(`high ${turn}b`, false, 0)
    taken.push(...queue.take(1))
  }
  expect(taken.indexOf('plain')).toBe(7)
  expect(taken.indexOf('low')).toBe(15)
})

test('thousands of requests come out as they went in', () => {
  const queue = lanes<number>()
  const taken: number[] = []
  for (let number = 0; number < 5_000; number++) {
    queue.push(number, false)
    if (number % 3 === 0) taken.push(...queue.take(2))
  }
  while (queue.length > 0) taken.push(...queue.take(700))
  expect(taken).toEqual(Array.from({ length: 5_000 }, (_, number) => number))
})
