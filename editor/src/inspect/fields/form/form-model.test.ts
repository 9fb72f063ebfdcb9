import { describe, expect, test } from 'vitest'
import { syllablesOf } from '../../../app/pinyin/syllables.ts'
import {
  choicesIn,
  formIn,
  helpIn,
  inLatin,
  labelIn,
  moved,
  nameFor,
  questionsOf,
  saysMore,
  withChoices,
  withHelp,
  withKind,
  withLabel,
  withQuestions,
} from './form-model.ts'

const form = {
  $id: 'x',
  type: 'object',
  properties: {
    discount: { type: 'integer', 'x-ui': 'money', 'x-currency': 'CNY', title: 'Discount', 'x-title': { en: 'Discount', 'zh-CN': '折扣' } },
    reason: { type: 'string', enum: ['price', 'other'], 'x-options': { price: { en: 'Price', 'zh-CN': '价格' } } },
    address: { type: 'object', properties: { city: { type: 'string', pattern: '^x' } }, 'x-mine': 1 },
    note: { type: ['string', 'null'], maxLength: 2000, pattern: '^[a-z]*$', title: '备注' },
  },
  required: ['reason'],
  allOf: [{ if: {} }],
  additionalProperties: false,
}

describe('a form of questions', () => {
  test('is read in its order, and what it cannot show is told apart', () => {
    expect(questionsOf(form)?.map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
      ['discount', 'money', false],
      ['reason', 'choice', true],
      ['address', null, false],
      ['note', 'long-text', false],
    ])
    expect(saysMore(form)).toBe(true)
    expect(questionsOf(undefined)).toEqual([])
  })

  test.each([['text'], [{ type: 'array' }], [{ properties: [] }], [{ properties: { 7: {} } }], [{ properties: { a: true } }]])(
    '%j is left to JSON',
    (value) => expect(questionsOf(value)).toBeNull(),
  )

  test('comes back as it was, with everything it does not understand', () => {
    const questions = questionsOf(form) ?? []
    expect(withQuestions(form, questions)).toEqual({ ...form, 'x-order': Object.keys(form.properties) })
    for (const { schema } of questions) {
      expect(withLabel(schema, labelIn(schema))).toEqual(schema)
      expect(withHelp(schema, helpIn(schema))).toEqual(schema)
    }
  })

  test('keeps the order it was put in, also where its questions are stored in another', () => {
    const order = ['note', 'discount', 'reason', 'address']
    const changed = withQuestions(form, moved(questionsOf(form) ?? [], 3, 0))
    expect(changed?.['x-order']).toEqual(order)
    const stored = { ...changed, properties: { ...form.properties, late: {} } }
    expect(questionsOf(stored)?.map(({ name }) => name)).toEqual([...order, 'late'])
  })

  test('is gone with its last question, unless it says more', () => {
    expect(withQuestions({ type: 'object', properties: {}, additionalProperties: false }, [])).toBeUndefined()
    expect(withQuestions(form, [])).toEqual({ type: 'object', properties: {}, $id: 'x', allOf: form.allOf, additionalProperties: false })
  })

  test('has its words in both languages, in one where only one is written', () => {
    expect(labelIn(form.properties.note)).toEqual({ en: '', zh: '备注' })
    expect(withLabel(form.properties.note, { en: 'Note', zh: '备注' })).toMatchObject({
      title: 'Note',
      'x-title': { en: 'Note', 'zh-CN': '备注' },
    })
    expect(withLabel(form.properties.discount, { en: '', zh: '折扣' })).toEqual({
      title: '折扣',
      type: 'integer',
      'x-ui': 'money',
      'x-currency': 'CNY',
    })
    // A word in Latin letters stays with the readers it was written for.
    expect(labelIn(withLabel({}, { en: '', zh: 'V' }))).toEqual({ en: '', zh: 'V' })
    expect(formIn({ properties: { vip: withLabel({ type: 'string' }, { en: '', zh: 'VIP' }) } }, 'en').properties?.vip?.title).toBe('VIP')
    const zh = formIn(form, 'zh').properties ?? {}
    expect([zh.discount?.title, zh.note?.title, zh.reason?.['x-options']?.price?.en]).toEqual(['折扣', '备注', '价格'])
    // A choice without a label is called by its value.
    expect(zh.reason?.['x-options']?.other?.en).toBe('other')
  })

  test('keeps its choices when one answer becomes several, and its words always', () => {
    const several = withKind(form.properties.reason, 'choices', [])
    expect(several).toMatchObject({ type: 'array', items: { type: 'string', enum: ['price', 'other'] } })
    expect(choicesIn(several)).toEqual([
      { value: 'price', label: { en: 'Price', zh: '价格' } },
      { value: 'other', label: { en: 'other', zh: '' } },
    ])
    const fewer = withChoices(several, choicesIn(several).slice(0, 1))
    expect(fewer).toMatchObject({ items: { enum: ['price'] } })
    expect(withKind(form.properties.discount, 'date', [])).toEqual({
      title: 'Discount',
      'x-title': { en: 'Discount', 'zh-CN': '折扣' },
      type: 'string',
      format: 'date',
    })
  })

  test('names a question after its words, where they can be written in data', () => {
    const taken = new Set(['priceTooHigh', 'question1'])
    expect(nameFor('Discount in %', taken, 'question')).toBe('discountIn')
    expect(nameFor('Price too high', taken, 'question')).toBe('priceTooHigh2')
    expect(nameFor('折扣', taken, 'question')).toBe('question2')
    expect(nameFor(inLatin({ en: '', zh: '折扣原因' }, syllablesOf), taken, 'question')).toBe('zheKouYuanYin')
    expect(nameFor(inLatin({ en: 'Reason', zh: '折扣原因' }, syllablesOf), taken, 'question')).toBe('reason')
    expect(nameFor(inLatin({ en: '', zh: '折扣' }, null), taken, 'question')).toBe('question2')
    expect(nameFor('2nd car', taken, 'question')).toBe('ndCar')
  })
})
