import { nodeTypes } from '@sluice/nodes'
import { expect, test } from 'vitest'
import { fieldsOf, isChosen } from './read-schema.ts'

test.each([...nodeTypes.values()].map((node) => [node.type, node] as const))(
  '%s has a form whose fields are named in both languages',
  (_, node) => {
    for (const field of fieldsOf(node.config)) {
      expect(field.title, field.name).toMatchObject({ en: expect.any(String), 'zh-CN': expect.any(String) })
      if (field.widget === 'select') expect(field.options.length, field.name).toBeGreaterThan(0)
    }
  },
)

test('what must be filled in comes first; a default fills itself in', () => {
  const fields = fieldsOf({
    type: 'object',
    required: ['b', 'c'],
    properties: { a: { type: 'string' }, b: { type: 'number' }, c: { type: 'boolean', default: true } },
  })
  expect(fields.map((field) => [field.name, field.isRequired, field.widget])).toEqual([
    ['b', true, 'number'],
    ['c', false, 'switch'],
    ['a', false, 'text'],
  ])
})

test('a switch that a fresh step has off is nobody’s choice; whatever else is set is', () => {
  const fields = fieldsOf({
    type: 'object',
    properties: {
      off: { type: 'boolean', default: false },
      on: { type: 'boolean', default: true },
      text: { type: 'string', default: 'P1D' },
    },
  })
  const chosen = (values: Readonly<Record<string, boolean | string>>) =>
    fields.flatMap((field) => (isChosen(field, values[field.name]) ? [field.name] : []))
  expect(chosen({ off: false, on: false, text: 'P1D' })).toEqual(['on', 'text'])
  expect(chosen({ off: true })).toEqual(['off'])
})
