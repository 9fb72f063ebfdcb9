import { expect, test } from 'vitest'
import { mentionsIn, namingAt, offered, pieces } from './mentions.ts'

const people = [
  { id: 'u1', name: 'Ann' },
  { id: 'u2', name: 'Ann Lee' },
  { id: 'u3', name: '李雷' },
]

test('a name is being written after an @ that begins a word, up to the caret', () => {
  expect(namingAt('Hello @An', 9)).toEqual({ from: 6, begun: 'An' })
  expect(namingAt('请看，@李', 5)).toEqual({ from: 3, begun: '李' })
  expect(namingAt('@Ann Le', 7)).toEqual({ from: 0, begun: 'Ann Le' })
  expect(namingAt('write to a@b', 12)).toBeNull()
  expect(namingAt('@Ann\nnext', 9)).toBeNull()
})

test('people are offered by the beginning of any part of their name', () => {
  expect(offered(people, 'an').map(({ id }) => id)).toEqual(['u1', 'u2'])
  expect(offered(people, 'ann l').map(({ id }) => id)).toEqual(['u2'])
  expect(offered(people, 'LEE').map(({ id }) => id)).toEqual(['u2'])
  expect(offered(people, '').map(({ id }) => id)).toEqual(['u1', 'u2', 'u3'])
})

test('of two names that begin alike the longer one is meant', () => {
  expect(mentionsIn('@Ann Lee please', people)).toEqual(['u2'])
  expect(mentionsIn('@Ann and @Ann Lee and @李雷', people)).toEqual(['u2', 'u1', 'u3'])
  expect(mentionsIn('Ann', people)).toEqual([])
})

test('names stand apart from the rest of the text, and nothing of it is lost', () => {
  const text = 'Ask @Ann Lee, not @Ann!'
  expect(
    pieces(text, people)
      .filter(({ isName }) => isName)
      .map((piece) => piece.text),
  ).toEqual(['@Ann Lee', '@Ann'])
  expect(
    pieces(text, people)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text)
  expect(pieces('', people)).toEqual([])
})
