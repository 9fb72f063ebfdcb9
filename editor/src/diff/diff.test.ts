import { diffFlows, type FlowDefinition } from '@sluice/flows'
import { describe, expect, test } from 'vitest'
import { changesOf, countsOf } from './changes.ts'
import { marksOf, unionOf } from './union.ts'
import { rowDiff, wordDiff } from './words.ts'

const before: FlowDefinition = {
  format: 'sluice/flow@1',
  key: 'k',
  name: 'K',
  nodes: [
    { id: 'start', type: 'core.event', config: { type: 'x' }, at: [0, 0] },
    { id: 'table', type: 'core.decision', config: { rows: [{ when: ['1'], give: ['a'] }] }, at: [300, 0] },
    { id: 'old', type: 'core.stop', at: [600, 0] },
  ],
  edges: [
    { from: 'start.out', to: 'table.in' },
    { from: 'table.out', to: 'old.in' },
  ],
}
const after: FlowDefinition = {
  ...before,
  name: 'K2',
  nodes: [
    { id: 'start', type: 'core.event', config: { type: 'x' }, at: [0, 80] },
    { id: 'table', type: 'core.decision', config: { rows: [{ when: ['2'], give: ['a'] }] }, at: [300, 80] },
    { id: 'new', type: 'core.fail', at: [600, 0] },
  ],
  edges: [
    { from: 'start.out', to: 'table.in' },
    { from: 'table.out', to: 'new.in' },
  ],
}
const diff = diffFlows(before, after)

describe('two versions in one drawing', () => {
  test('hold everything of the new one and the ghosts of the old one', () => {
    const union = unionOf(after, diff)
    expect(union.nodes.map(({ id }) => id)).toEqual(['start', 'table', 'new', 'old'])
    expect(union.edges).toHaveLength(3)
    expect(Object.fromEntries(marksOf(diff))).toEqual({
      start: 'moved',
      table: 'changed',
      new: 'added',
      old: 'removed',
      'table.out>new.in': 'added',
      'table.out>old.in': 'removed',
    })
  })

  test('tell each difference once, cells of a table by their table, moved last', () => {
    const changes = changesOf(before, after, diff)
    expect(changes.map(({ kind, mark, ref }) => [kind, mark, ref])).toEqual([
      ['step', 'changed', 'table'],
      ['step', 'added', 'new'],
      ['step', 'removed', 'old'],
      ['wire', 'added', 'table.out>new.in'],
      ['wire', 'removed', 'table.out>old.in'],
      ['flow', 'changed', null],
      ['step', 'moved', 'start'],
    ])
    expect(changes[0]?.fields).toEqual([
      { path: '/config/rows', before: [{ when: ['1'], give: ['a'] }], after: [{ when: ['2'], give: ['a'] }] },
    ])
    expect(countsOf(changes)).toEqual({ added: 2, removed: 2, changed: 2, moved: 1 })
  })

  test('tell what changed about the flow itself as one change with its fields, as of a step', () => {
    const renamed = { ...before, name: 'K3', description: 'Better' }
    const changes = changesOf(before, renamed, diffFlows(before, renamed))
    expect(changes.map(({ kind }) => kind)).toEqual(['flow'])
    expect(changes[0]?.fields.map(({ path }) => path).toSorted()).toEqual(['/description', '/name'])
  })
})

describe('a text', () => {
  test('is compared by words', () => {
    expect(wordDiff('offer a fair price', 'offer a low price', 'en').filter(({ mark }) => mark !== 'same')).toEqual([
      { text: 'fair', mark: 'removed' },
      { text: 'low', mark: 'added' },
    ])
  })

  test('in Chinese is compared by words as well, and nothing is lost', () => {
    const parts = wordDiff('请给客户报价', '请给经理报价', 'zh-CN')
    const side = (left: string) => parts.flatMap(({ text, mark }) => (mark === left ? [] : [text])).join('')
    expect(side('added')).toBe('请给客户报价')
    expect(side('removed')).toBe('请给经理报价')
    expect(parts.some(({ text, mark }) => mark === 'same' && text.includes('报价'))).toBe(true)
  })
})

describe('a table', () => {
  test('is compared by rows: changed, added and removed ones keep their numbers', () => {
    const shown = rowDiff(['a', 'b', 'c', 'd'], ['a', 'B', 'd', 'e']).map(({ mark, number, before: old, after: now }) => [
      mark,
      number,
      old,
      now,
    ])
    expect(shown).toEqual([
      ['same', 1, 'a', 'a'],
      ['changed', 2, 'b', 'B'],
      ['removed', 3, 'c', null],
      ['same', 3, 'd', 'd'],
      ['added', 4, null, 'e'],
    ])
  })
})
