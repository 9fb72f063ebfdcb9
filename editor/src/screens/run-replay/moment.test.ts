import type { FlowDefinition } from '@sluice/flows'
import { expect, test } from 'vitest'
import type { JournalItem } from '../../app/api/shapes.ts'
import { timeline } from '../../run/timeline.ts'
import { visitsIn } from '../../run/visits.ts'
import { decidedBy } from './decided-by.ts'
import { lookedAt, momentOf } from './moment.ts'
import type { Chosen } from './RunPicture.tsx'
import { seenBy } from './seen-by.ts'
import { visitAt } from './use-visits.ts'

const entry = (kind: string, seq: number, more: object = {}): JournalItem => ({
  seq,
  at: new Date(seq * 1_000).toISOString(),
  kind,
  ...more,
})
const next = (...tokens: readonly (readonly [string, string])[]) => ({ next: tokens.map(([id, node]) => ({ id, node })) })

/** Two turns of a loop. */
const loop = {
  file: flow(['start.out', 'count.in'], ['count.out', 'more.in'], ['more.true', 'count.in'], ['more.false', 'end.in']),
  entries: [
    entry('run.started', 1, { node: 'start', data: { n: 0 }, ...next(['a', 'count']) }),
    entry('node.completed', 2, { node: 'count', token: 'a', port: 'out', data: { n: 1 }, ...next(['b', 'more']) }),
    entry('node.completed', 3, { node: 'more', token: 'b', port: 'true', data: { n: 1 }, ...next(['c', 'count']) }),
    entry('node.completed', 4, { node: 'count', token: 'c', port: 'out', data: { n: 2 }, ...next(['d', 'more']) }),
    entry('node.completed', 5, { node: 'more', token: 'd', port: 'false', data: { n: 2 }, ...next(['e', 'end']) }),
  ],
}

test('a chosen wire shows what passed it last at any moment, also while its step is at work again', () => {
  const wire: Chosen = { kind: 'wire', node: 'count', port: 'out', to: 'more' }
  const outputs = [1, 2, 3, 4, 5].map((count) => at(loop, count, wire).output)
  expect(outputs).toEqual([undefined, { n: 1 }, { n: 1 }, { n: 2 }, { n: 2 }])
  expect([2, 3, 4].map((count) => at(loop, count, wire).at)).toEqual([2_000, 2_000, 4_000])
  // What had gone into the step that let it through, not what has come in since.
  expect([2, 3, 4].map((count) => at(loop, count, wire).input)).toEqual([{ n: 0 }, { n: 0 }, { n: 1 }])
})

test('a chosen wire of another port than the one taken shows nothing, and one from the start shows what started the run', () => {
  expect(at(loop, 5, { kind: 'wire', node: 'more', port: 'true', to: 'count' }).output).toEqual({ n: 1 })
  expect(at(loop, 2, { kind: 'wire', node: 'more', port: 'true', to: 'count' })).toMatchObject({ output: undefined, port: null, at: null })
  expect(at(loop, 1, { kind: 'wire', node: 'start', port: 'out', to: 'count' })).toMatchObject({ output: { n: 0 }, port: 'out' })
})

test('what went into a step of a loop is what its own line brought; a step that is at work again has nothing out yet', () => {
  const step: Chosen = { kind: 'step', node: 'count' }
  expect(at(loop, 2, step)).toMatchObject({ input: { n: 0 }, output: { n: 1 } })
  expect(at(loop, 3, step)).toMatchObject({ input: { n: 1 }, output: undefined })
  expect(at(loop, 5, step)).toMatchObject({ input: { n: 1 }, output: { n: 2 } })
})

test('a step where lines meet has each line under the place it came from', () => {
  const meeting = {
    file: flow(['start.out', 'left.in'], ['start.out', 'right.in'], ['left.out', 'join.in'], ['right.out', 'join.in']),
    entries: [
      entry('run.started', 1, { node: 'start', data: null, ...next(['a', 'left'], ['b', 'right']) }),
      entry('node.completed', 2, { node: 'left', token: 'a', port: 'out', data: 'l', ...next(['c', 'join']) }),
      entry('join.arrived', 3, { node: 'join', token: 'c' }),
      entry('node.completed', 4, { node: 'right', token: 'b', port: 'out', data: 'r', ...next(['d', 'join']) }),
      entry('join.passed', 5, { node: 'join', token: 'd', tokens: ['c', 'd'], port: 'out', data: ['l', 'r'], ...next() }),
    ],
  }
  expect(at(meeting, 5, { kind: 'step', node: 'join' }).input).toEqual({ 'left.out': 'l', 'right.out': 'r' })
})

function flow(...edges: readonly (readonly [string, string])[]): FlowDefinition {
  const ids = new Set(edges.flat().map((end) => end.split('.')[0] ?? ''))
  return {
    format: 'sluice/flow@1',
    key: 'f',
    name: 'F',
    nodes: [...ids].map((id) => ({ id, type: id === 'join' ? 'core.join' : 'core.transform', at: [0, 0] as const })),
    edges: edges.map(([from, to]) => ({ from, to })),
  }
}

/** As the screen asks for it: the stay that is looked at, then the moment in it. */
function at({ file, entries }: { readonly file: FlowDefinition; readonly entries: readonly JournalItem[] }, count: number, chosen: Chosen) {
  const line = timeline(entries, () => [])
  const looked = lookedAt(line, count, chosen)
  return momentOf(line, looked, file, chosen, visitAt(visitsIn(entries), chosen.node, looked)?.first)
}

test('what a step saw is what the journal says until its own last word, not what came after', () => {
  const { before, step } = at(loop, 5, { kind: 'step', node: 'count' })
  expect(before).toHaveLength(4)
  expect(step?.id).toBe('count')
  expect(seenBy(at(loop, 3, { kind: 'step', node: 'more' }))).toMatchObject({
    input: { n: 1 },
    nodes: { start: { n: 0 }, count: { n: 1 } },
  })
})

test('each way out of a branch and of a switch names the conditions that led there', () => {
  const branch = { id: 'b', type: 'core.branch', config: { when: '{% input.n > 1 %}' } } as never
  expect(decidedBy({ step: branch }, { condition: false })).toEqual([{ name: null, when: '{% input.n > 1 %}', holds: false }])
  const rules = [
    { when: '{% input.n = 1 %}', port: 'one' },
    { when: '{% input.n = 2 %}', port: 'two' },
  ]
  const choice = { id: 's', type: 'core.switch', config: { rules } } as never
  expect(decidedBy({ step: choice }, { rule: 2 })?.map(({ name, holds }) => [name, holds])).toEqual([
    ['1 one', false],
    ['2 two', true],
  ])
  expect(decidedBy({ step: choice }, { rule: 'else' })?.map(({ holds }) => holds)).toEqual([false, false])
})
