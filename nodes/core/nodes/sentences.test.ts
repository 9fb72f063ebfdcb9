import { expect, test } from 'vitest'
import { nodeTypes } from '../../catalogue.ts'

const say = (type: string, config: object, language: 'en' | 'zh-CN' = 'en') => nodeTypes.get(type)?.sentence?.(config as never, language)

test('what nobody has chosen yet is not said as if it were chosen', () => {
  expect(say('consent.changed', {})).toBe('When consent is …')
  expect(say('consent.changed', { change: 'any' })).toBe('When consent is changed in any way')
  expect(say('consent.changed', {}, 'zh-CN')).toBe('当授权…')
  expect(say('core.http-request', { url: 'https://a.example' })).toBe('GET https://a.example')
})

test('money that comes written out is said as it is, and one row is one row', () => {
  expect(say('crm.apply-discount', { amount: '¥1,234.56', currency: '' })).toBe('Books ¥1,234.56 off')
  expect(say('crm.apply-discount', { amount: 500, currency: 'JPY' }, 'zh-CN')).toBe('优惠 500 JPY')
  expect(say('core.decision', { inputs: [{ name: 'level' }], rows: [{}] })).toBe('1 row by level')
})
