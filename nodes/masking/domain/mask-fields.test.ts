import { testNode } from '@sluice/sdk/testing'
import { expect, test } from 'vitest'
import { maskFieldsNode } from '../nodes/mask-fields.ts'
import { maskTextNode } from '../nodes/mask-text.ts'
import { maskFields } from './mask-fields.ts'
import { nameView } from './names.ts'
import { redactPersonal } from './personal.ts'

const data = { customer: { id: 'c-1', mobile: '13800138000', income: 250_000 }, mobile: '13900139000', list: [{ mobile: '13700137000' }] }

test('a name hits its field everywhere and leaves a marker, never stars or null', () => {
  expect(maskFields(data, { fields: ['mobile', 'income'], keepLast: 0 })).toEqual({
    data: {
      customer: { id: 'c-1', mobile: { $masked: 'policy' }, income: { $masked: 'policy' } },
      mobile: { $masked: 'policy' },
      list: [{ mobile: { $masked: 'policy' } }],
    },
    masked: ['customer.mobile', 'customer.income', 'mobile', 'list.mobile'],
  })
})

test('a path hits one place only', () => {
  expect(maskFields(data, { fields: ['customer.mobile'], keepLast: 0 }).masked).toEqual(['customer.mobile'])
})

test('the end of a text may stay, a number has none', () => {
  expect(maskFields(data, { fields: ['mobile', 'income'], keepLast: 4 }).data).toMatchObject({
    mobile: '*******9000',
    customer: { mobile: '*******8000', income: { $masked: 'policy' } },
  })
})

test('a text hardly longer than what may stay shows nothing', () => {
  expect(maskFields({ code: '12345' }, { fields: ['code'], keepLast: 4 }).data).toEqual({ code: '*****' })
})

test('what is hidden already keeps its reason, and nothing stays nothing', () => {
  const given = { a: { $masked: 'frozen' }, b: null }
  expect(maskFields(given, { fields: ['a', 'b'], keepLast: 0 }).data).toEqual(given)
})

test('a key named like a prototype is data like any other', () => {
  const hostile = JSON.parse('{"__proto__":{"mobile":"13800138000"},"constructor":"x"}')
  expect(JSON.stringify(maskFields(hostile, { fields: ['mobile'], keepLast: 0 }).data)).not.toContain('13800138000')
})

test('nesting without end is hidden rather than followed', () => {
  let deep: object = { mobile: '13800138000' }
  for (let level = 0; level < 100; level++) deep = { deep }
  expect(JSON.stringify(maskFields(deep as never, { fields: ['other'], keepLast: 0 }).data)).not.toContain('13800138000')
})

test('the node passes the masked copy on and says what it hid', async () => {
  const { outcome } = await testNode(maskFieldsNode, { config: { fields: ['mobile'] }, input: { mobile: '1', id: 2 } })
  expect(outcome).toEqual({ kind: 'output', port: 'out', data: { mobile: { $masked: 'policy' }, id: 2 }, why: { masked: ['mobile'] } })
})

test('the text node counts what it found and refuses endless texts', async () => {
  const { outcome } = await testNode(maskTextNode, { config: { text: '手机13800138000,邮箱 a@b.cn' } })
  expect(outcome).toMatchObject({ data: { text: '手机138****8000,邮箱 a***@b.cn', found: { 'cn-mobile': 1, email: 1 } } })
  expect((await testNode(maskTextNode, { config: { text: 'x'.repeat(200_001) } })).outcome).toMatchObject({
    error: { code: 'SLU_MASK_TEXT_SIZE' },
  })
})

test('redaction takes personal fields by name and personal data out of texts', () => {
  expect(redactPersonal({ Full_Name: 'Li Lei', 手机: '1', amount: 5, note: 'call 13800138000', deep: [{ idNumber: 'x' }] })).toEqual({
    Full_Name: { $masked: 'no_consent' },
    手机: { $masked: 'no_consent' },
    amount: 5,
    note: 'call 138****8000',
    deep: [{ idNumber: { $masked: 'no_consent' } }],
  })
})

test.each([
  ['李雷', '李*'],
  ['欧阳娜娜', '欧阳**'],
  ['John Smith', 'J*** S****'],
  ['单', '单'],
  ['Jean-Luc Picard', 'J******* P*****'],
])('%s is shown as %s', (name, shown) => {
  expect(nameView(name)).toBe(shown)
})
