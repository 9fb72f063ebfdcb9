import { expect, test } from 'vitest'
import { besideProposal, proposalIn } from './proposal-in.ts'

test('a proposal is found where a review or a strategy puts it, with how sure it is and on what it rests', () => {
  expect(
    proposalIn({ proposal: { text: 'x', confidence: 0.4, sources: [{ title: 'CRM' }, 'budget', 'budget'], origin: { model: 'm-1' } } }),
  ).toEqual({
    content: { text: 'x' },
    confidence: 0.4,
    sources: ['CRM', 'budget'],
    origin: 'm-1',
  })
  expect(proposalIn({ strategy: { goal: 'g', factRefs: ['income'] } })).toMatchObject({ confidence: null, sources: ['income'] })
  expect(proposalIn({ proposal: 'call them' })).toMatchObject({ content: 'call them', sources: [] })
})

test('a strategy that is itself what is shown counts, plain data does not', () => {
  expect(proposalIn({ goal: 'g', origin: { kind: 'rules' } })).toMatchObject({ content: { goal: 'g' } })
  for (const shown of [null, 'text', [1], { amount: 5 }, { $masked: 'policy' }]) expect(proposalIn(shown)).toBeNull()
})

test('a confidence that is none is not invented', () => {
  for (const confidence of [82, -1, '0.9', null, Number.NaN]) expect(proposalIn({ proposal: { confidence } })?.confidence).toBeNull()
})

test('what is shown as the proposal is not shown twice', () => {
  expect(besideProposal({ proposal: 'x', discount: 5 })).toEqual({ discount: 5 })
  expect(besideProposal({ proposal: 'x' })).toBeNull()
  expect(besideProposal({ amount: 5 })).toEqual({ amount: 5 })
})
