import { templates } from '@sluice/flows/templates'
import { expect, test } from 'vitest'
import { pains, painsOf, partOf, parts, templateFor } from './matching.ts'

test('every pain leads to a template that ships, and every template that ships ends a pain', () => {
  const led = pains.map((pain) => templateFor(null, pain))
  expect(new Set(led)).toEqual(new Set(templates.map(({ key }) => key)))
  expect(led).toHaveLength(templates.length)
})

test('what hurts decides, whatever a person’s part is', () => {
  for (const part of [null, ...parts]) expect(templateFor(part, 'complaint')).toBe('complaint-escalation')
})

test('whoever does not say what hurts gets what hurts their like most', () => {
  expect(templateFor(null, null)).toBe('consent-withdrawn')
  expect(parts.map((part) => templateFor(part, null))).toEqual([
    'test-drive-followup',
    'price-too-high',
    'consent-withdrawn',
    'consent-withdrawn',
  ])
})

test.each([null, ...parts])('the part %s changes the order of the pains and loses none', (part) => {
  expect([...painsOf(part)].sort()).toEqual([...pains].sort())
})

test('the part is guessed only from roles that say one', () => {
  expect(['admin', 'analyst', 'developer', 'rep'].map((role) => partOf([role]))).toEqual([null, 'operations', 'technical', null])
})
