import { expect, test } from 'vitest'
import { bitOf } from '../../consent/index.ts'
import { type FieldDefinition, fieldsToFreeze, isFieldName, shippedFields, undescribed } from './fields.ts'
import { partialName, type Reader, viewField } from './view.ts'

const quote = { purpose: 'recommendation', scene: 'quote_push' } as const
const drive = { purpose: 'recommendation', scene: 'test_drive' } as const
const field = (name: string): FieldDefinition => shippedFields.find((it) => it.name === name) ?? undescribed(name)
const see = (name: string, reader: Reader, granted: number, frozen = false) => viewField(field(name), 'value', { frozen, granted }, reader)

test('a frozen field is frozen for everyone, whoever they are', () => {
  for (const reader of [{ kind: 'full' }, { kind: 'rep' }, { kind: 'masked' }, { kind: 'flow', cell: quote }] as const)
    expect(see('mobile', reader, 0xfffffff, true)).toEqual({ $masked: 'frozen' })
})

test('an admin sees what is not frozen; a rep what some grant covers; an analyst no personal data', () => {
  expect(see('budget', { kind: 'full' }, 0)).toBe('value')
  expect(see('budget', { kind: 'rep' }, bitOf(quote))).toBe('value')
  expect(see('budget', { kind: 'rep' }, bitOf(drive))).toEqual({ $masked: 'no_consent' })
  expect(see('budget', { kind: 'masked' }, bitOf(quote))).toEqual({ $masked: 'policy' })
})

test('a flow sees what exactly its purpose and scene cover', () => {
  expect(see('budget', { kind: 'flow', cell: quote }, bitOf(quote))).toBe('value')
  expect(see('budget', { kind: 'flow', cell: quote }, bitOf(drive))).toEqual({ $masked: 'no_consent' })
  expect(see('budget', { kind: 'flow', cell: drive }, bitOf(quote) | bitOf(drive))).toEqual({ $masked: 'policy' })
})

test('a field nobody described is unreadable by flows and reps', () => {
  expect(see('shoe_size', { kind: 'flow', cell: quote }, 0xfffffff)).toEqual({ $masked: 'policy' })
  expect(see('shoe_size', { kind: 'rep' }, 0xfffffff)).toEqual({ $masked: 'policy' })
  expect(see('shoe_size', { kind: 'full' }, 0)).toBe('value')
})

test('a withdrawal freezes what no grant is left for, undescribed fields too, and spares what another grant covers', () => {
  const names = ['mobile', 'budget', 'shoe_size'].map(field)
  const after = (leftMask: number, categories: readonly string[] = [], cutMask = bitOf(quote)) =>
    fieldsToFreeze(names, { cutMask, leftMask, categories }).map((it) => `${it.field.name}:${it.reason}`)
  expect(after(0)).toEqual(['mobile:withdrawn', 'budget:withdrawn', 'shoe_size:withdrawn'])
  expect(after(bitOf(drive))).toEqual(['budget:withdrawn'])
  expect(after(bitOf(drive), ['contact.mobile'], 0)).toEqual(['mobile:category'])
})

test('names that reach into JavaScript objects are no field names', () => {
  for (const name of ['__proto__', 'constructor', 'a.b', '', 'a b', '1a', 'x'.repeat(65)]) expect(isFieldName(name)).toBe(false)
  for (const name of ['mobile', 'current_car', 'A1']) expect(isFieldName(name)).toBe(true)
})

test.each([
  ['李雷', '李*'],
  ['欧阳娜娜', '欧阳**'],
  ['John Smith', 'J*** S****'],
  ['Ö', 'Ö*'],
])('%s is shown as %s to readers who work with figures', (name, shown) => {
  expect(partialName(name)).toBe(shown)
})
