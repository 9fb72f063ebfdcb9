import { expect, test } from 'vitest'
import { syllablesOf } from '../../app/pinyin/syllables.ts'
import { blankFlow, freeKey, isKey, keyOf, readFlowFile } from './flow-files.ts'

test('a name becomes a key; a Chinese one gives none, so that another is found', () => {
  expect(keyOf('Price too high!')).toBe('price-too-high')
  expect(keyOf('价格太高')).toBe('')
  expect(keyOf('价格太高', syllablesOf)).toBe('jia-ge-tai-gao')
  expect(keyOf('VIP客户：30天后回访', syllablesOf)).toBe('vip-ke-hu-30-tian-hou-hui-fang')
  expect(isKey(keyOf('客户回访'.repeat(20), syllablesOf))).toBe(true)
  expect(keyOf('Überführung – 2')).toBe('uberfuhrung-2')
  expect(isKey(keyOf('a'.repeat(80)))).toBe(true)
})

test('a taken key gets the next number', () => {
  expect(freeKey('quote', [])).toBe('quote')
  expect(freeKey('quote', ['quote', 'quote-2'])).toBe('quote-3')
  expect(isKey(freeKey('x'.repeat(64), ['x'.repeat(64)]))).toBe(true)
})

test('a flow file is read, and each other file refused with its reason', () => {
  const flow = blankFlow('quote', 'Quote')
  expect(readFlowFile(JSON.stringify(flow))).toEqual({ flow })
  expect(readFlowFile('{"format":')).toMatchObject({ problem: 'not-json' })
  expect(readFlowFile('{"nodes":[]}')).toMatchObject({ problem: 'not-a-flow' })
  expect(readFlowFile('null')).toMatchObject({ problem: 'not-a-flow' })
  expect(readFlowFile(JSON.stringify({ ...flow, format: 'sluice/flow@9' }))).toMatchObject({ problem: 'newer', detail: 'sluice/flow@9' })
})
