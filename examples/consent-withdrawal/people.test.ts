import { expect, test } from 'vitest'
import { makePeople, toCsv } from './people.ts'

const reps = ['r-1', 'r-2']

test('the same seed gives the same thousand people, byte for byte', () => {
  expect(toCsv(makePeople(1_000, 7, reps))).toBe(toCsv(makePeople(1_000, 7, reps)))
  expect(toCsv(makePeople(1_000, 7, reps))).not.toBe(toCsv(makePeople(1_000, 8, reps)))
})

test('people are Chinese and European, and everybody once granted quote push', () => {
  const people = makePeople(1_000, 7, reps)
  const chinese = people.filter((person) => person.region === 'CN')
  expect(chinese.length).toBeGreaterThan(550)
  expect(chinese.length).toBeLessThan(750)
  expect(new Set(people.map((person) => person.id)).size).toBe(1_000)
  expect(people.every((person) => person.consents.includes('recommendation:quote_push'))).toBe(true)
})
