import { expect, test } from 'vitest'
import { changed, joinLabels, type Label, labelOf, nothing, theLabel, written } from './label.ts'
import { empty, opaque } from './value.ts'

const of = (over: Partial<Label>): Label => ({ ...written, ...over })

test('labels that say the same become one object, however they came about', () => {
  const one = joinLabels(of({ categories: ['a'], origin: ['model'] }), of({ categories: ['b'], origin: ['person'] }))
  const other = joinLabels(of({ categories: ['b'], origin: ['model', 'person'] }), of({ categories: ['a', 'b'] }))
  expect(one).toBe(other)
  expect(one).toMatchObject({ categories: ['a', 'b'], origin: ['model', 'person'] })
  expect(opaque(of({ categories: ['a', 'b'], origin: ['model', 'person'] })).whole).toBe(one)
  expect(changed(labelOf('person', { approvals: ['veto'] }))).toBe(labelOf('person'))
})

test('what differs only in who approved it stays apart', () => {
  const approved = labelOf('person', { approvals: ['a', 'b'] })
  expect(theLabel({ ...approved, approvals: ['a,b'] })).not.toBe(approved)
  expect(joinLabels(approved, labelOf('person', { approvals: ['b'] })).approvals).toEqual(['b'])
  expect(joinLabels(approved, nothing)).toBe(approved)
})

test('where nothing has arrived stays recognisable after any number of labels', () => {
  for (let at = 0; at < 12_000; at++) labelOf('system', { approvals: [`step-${at}`] })
  expect(opaque({ ...nothing })).toBe(empty)
})
