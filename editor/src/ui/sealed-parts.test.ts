import { expect, test } from 'vitest'
import { sealedParts } from './sealed-parts.ts'

test('what the reader may not see is told apart from the text around it, with its reason', () => {
  expect(sealedParts('Your [policy] for [frozen]')).toEqual(['Your ', { reason: 'policy' }, ' for ', { reason: 'frozen' }])
  expect(sealedParts('Nothing hidden [here]')).toEqual(['Nothing hidden [here]'])
  expect(sealedParts('')).toEqual([''])
})
