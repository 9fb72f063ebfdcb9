import { readFlow } from '@sluice/flows'
import { expect, test } from 'vitest'
import type { JournalItem, Run } from '../../app/api/shapes.ts'
import { fromFile } from '../../doc/index.ts'
import { reachedLately } from './sample.ts'

const file = readFlow({
  format: 'sluice/flow@1',
  key: 'two-ways',
  name: { en: 'Two ways', 'zh-CN': '两路' },
  nodes: [
    { id: 'start', type: 'core.manual', config: {} },
    { id: 'ask', type: 'core.branch', config: { when: 'true' } },
    { id: 'often', type: 'core.transform', config: {} },
    { id: 'seldom', type: 'core.transform', config: {} },
    { id: 'never', type: 'core.transform', config: {} },
  ],
  edges: [
    { from: 'start.out', to: 'ask.in' },
    { from: 'ask.true', to: 'often.in' },
    { from: 'ask.false', to: 'seldom.in' },
    { from: 'ask.error', to: 'never.in' },
  ],
})
if (!file.ok) throw new Error('The flow of this test cannot be read')
const doc = fromFile(file.flow)

function came(id: string, port: 'true' | 'false') {
  const run: Run = { id, flow: 'two-ways', version: 1, state: 'succeeded', startedAt: '2026-01-01T00:00:00Z', endedAt: null }
  const journal: readonly JournalItem[] = [
    { seq: 1, at: run.startedAt, kind: 'run.started', node: 'start', data: { id } },
    { seq: 2, at: run.startedAt, kind: 'node.completed', node: 'ask', port, data: { id } },
  ]
  return { run, journal }
}
const recent = [came('r3', 'true'), came('r2', 'false'), came('r1', 'false')]

test('a step is shown with the latest run that came to it, not with the latest of all', () => {
  expect(reachedLately(recent, 'seldom', doc)).toBe('r2')
  expect(reachedLately(recent, 'often', doc)).toBe('r3')
})

test('a step that no run came to has no such run', () => {
  expect(reachedLately(recent, 'never', doc)).toBeNull()
  expect(reachedLately([], 'often', doc)).toBeNull()
})
