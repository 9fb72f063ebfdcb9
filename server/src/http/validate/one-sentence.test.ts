import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { bodyValidator } from './validator.ts'

const closed = { additionalProperties: false }
const told = (schema: ReturnType<typeof Type.Object>, value: unknown, language: 'en' | 'zh-CN' = 'en') =>
  bodyValidator(schema)(value, language).map(({ path, message }) => `${path}: ${message}`)

test('a choice of words is told in one sentence, with all that may stand there', () => {
  const schema = Type.Object({ state: Type.Union([Type.Literal('open'), Type.Literal('resolved'), Type.Null()]) }, closed)
  expect(told(schema, { state: 'gone' })).toEqual(['/state: must be one of "open", "resolved", null'])
  expect(told(schema, { state: 1 }, 'zh-CN')).toEqual(['/state: 须为以下之一:"open", "resolved", null'])
  expect(told(schema, { state: null })).toEqual([])
})

test('a choice of kinds names them, also a choice within a choice', () => {
  const schema = Type.Object({ limit: Type.Union([Type.Number(), Type.Union([Type.String(), Type.Null()])]) }, closed)
  expect(told(schema, { limit: true })).toEqual(['/limit: must be of type number or string or null'])
})

test('a choice of shapes still says what each of them lacks', () => {
  const schema = Type.Object(
    {
      anchor: Type.Union([
        Type.Object({ kind: Type.Literal('flow') }, closed),
        Type.Object({ kind: Type.Literal('step'), id: Type.String() }, closed),
      ]),
    },
    closed,
  )
  const sentences = told(schema, { anchor: { kind: 'step' } })
  expect(sentences).toContain('/anchor/id: “id” is missing')
  expect(sentences.at(-1)).toBe('/anchor: fits none of the allowed shapes')
})
