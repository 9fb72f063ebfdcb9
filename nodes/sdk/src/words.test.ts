import { expect, test } from 'vitest'
import { shown } from './words.ts'

test('a card names data that was picked, also inside a text, and says ƒ for whatever is computed', () => {
  expect(shown('{% event.data.owner %}')).toBe('owner')
  expect(shown('{% nodes.read.fields.mobile %}')).toBe('fields › mobile')
  expect(shown('Call {% input.customer.name %} by {% $now() %}')).toBe('Call customer › name by ƒ')
  expect(shown('{% $count(input.rows) > 2 %}')).toBe('ƒ')
  expect(shown(['{% input.to %}', 'role:director'])).toBe('to, role:director')
})

test('a card says an ellipsis for what is missing, and shortens what is long', () => {
  for (const value of [undefined, null, '', []]) expect(shown(value)).toBe('…')
  expect(shown('x'.repeat(90))).toBe(`${'x'.repeat(59)}…`)
  expect(shown({ a: 1 })).toBe('{…}')
})
