import { expect, test } from 'vitest'
import { complete } from './complete.ts'
import { evaluateHere, flawIn } from './evaluate.ts'
import { functions } from './functions.ts'
import { templateTokens, tokens } from './highlight.ts'

const document = {
  event: { data: { customer: { name: '李雷', 'full name': 'Li Lei' }, items: [{ price: 3 }] } },
  input: { a: 1 },
  nodes: { mask: { mobile: { $masked: 'frozen' } } },
}
const labels = (source: string) => complete(source, source.length, document).items.map((item) => item.label)

test('completion follows the path through the sample', () => {
  expect(labels('ev')).toEqual(['event'])
  expect(labels('event.data.')).toEqual(['customer', 'items'])
  expect(labels('1 + event.data.cust')).toEqual(['customer'])
  expect(labels('event.data.items.')).toEqual(['price'])
  expect(labels('event.data.items[0].p')).toEqual(['price'])
  expect(labels('$su')).toEqual(['$substring', '$sum'])
})

test('names that are no plain words are inserted between backticks', () => {
  const { from, items } = complete('event.data.customer.f', 21, document)
  expect({ from, insert: items[0]?.insert }).toEqual({ from: 20, insert: '`full name`' })
})

const seen = {
  kinds: ['object'] as const,
  members: [
    [
      'nodes',
      {
        kinds: ['object'] as const,
        members: [
          [
            'order',
            {
              kinds: ['object'] as const,
              members: [
                ['total', { kinds: ['number'] as const }],
                ['note', { kinds: ['text', 'null'] as const }],
                ['lines', { kinds: ['list'] as const, items: { kinds: ['object'] as const, members: [['price', null] as const] } }],
              ] as const,
            },
          ],
          ['mask', null],
        ] as const,
      },
    ],
    ['input', { kinds: ['object'] as const, members: [['a', { kinds: ['text'] as const }] as const, ['b', null] as const] }],
  ] as const,
}
const known = (source: string) =>
  complete(source, source.length, document, seen).items.map(({ label, types, detail }) => [label, types.join('|'), detail])

test('what the check knows is offered too, with its types, behind what the sample holds', () => {
  expect(known('nodes.')).toEqual([
    ['mask', 'object', '{1}'],
    ['order', 'object', ''],
  ])
  expect(known('nodes.order.')).toEqual([
    ['total', 'number', ''],
    ['note', 'string|nothing', ''],
    ['lines', 'array', ''],
  ])
  expect(known('nodes.order.lines.')).toEqual([['price', '', '']])
  expect(known('nodes.order.lines[0].p')).toEqual([['price', '', '']])
  expect(known('input.')).toEqual([
    ['a', 'string', '1'],
    ['b', '', ''],
  ])
})

test('inside a filter the fields of an item come first, then everything', () => {
  expect(labels('event.data.items[')).toEqual(['price', 'event', 'input', 'nodes'])
  expect(labels('event.data.items[price > 3 and pr')).toEqual(['price'])
  expect(labels('event.data.items.(')).toEqual(['price', 'event', 'input', 'nodes'])
  expect(labels('[input.a, ev')).toEqual(['event'])
  expect(known('nodes.order.lines[pr')).toEqual([['price', '', '']])
})

test('names that an object has by itself are no fields', () => {
  expect(labels('input.constructor.')).toEqual([])
  expect(labels('input.__proto__.')).toEqual([])
})

test('a sealed value shows that it is sealed, never what it is', () => {
  expect(complete('nodes.mask.', 11, document).items[0]?.detail).toBe('•••')
})

test('colouring keeps every character', () => {
  const source = 'event.data.items[price > 10].("a" & name) /* x */ and $sum(x)'
  expect(
    tokens(source)
      .map((token) => token.text)
      .join(''),
  ).toBe(source)
  expect(tokens('x.event').map((token) => token.kind)).toEqual(['name', 'operator', 'name'])
  expect(templateTokens('Hi {{ event.id }}!').map((token) => [token.kind, token.text])).toEqual([
    ['text', 'Hi '],
    ['brace', '{{ event.id }}'],
    ['text', '!'],
  ])
})

const scope = { event: null, input: { id: 7 }, nodes: {}, vars: {}, run: {}, now: 0 }

test.each(functions.map((each) => [each.name, each.example]))('the example of %s runs', async (_, example) => {
  const result = await evaluateHere('expression', example, scope)
  expect(result.ok, JSON.stringify(result)).toBe(true)
})

test('a template is filled in from the sample', async () => {
  expect(await evaluateHere('template', 'No {{ input.id }}: {{ $string(input.id + 1) }}', scope)).toEqual({ ok: true, value: 'No 7: 8' })
})

test('without a sample, what is wrong with the text itself is said all the same', () => {
  expect(flawIn('expression', 'input.amount +')).toMatchObject({ ok: false })
  expect(flawIn('expression', 'input.amount + 1')).toBeNull()
  expect(flawIn('template', 'No {{ input.')).toMatchObject({ ok: false })
  expect(flawIn('template', 'No {{ input.id }}')).toBeNull()
})
