import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { flow } from '../../testing/builders/flow.ts'
import { analyseFlow } from '../analyse-flow.ts'
import type { NodeTypeFacts } from '../facts.ts'

const port = (name: string) => ({ name, label: name })
const facts = (type: string, over: Partial<NodeTypeFacts> = {}): NodeTypeFacts => ({
  type,
  label: type,
  effect: 'none',
  config: Type.Object({
    text: Type.Optional(Type.String({ format: 'template' })),
    items: Type.Optional(Type.Any({ format: 'expression' })),
  }),
  ports: [port('out'), port('stopped')],
  ...over,
})
const nodeTypes = new Map(
  [
    facts('core.event', { behaviour: 'trigger', input: false, labels: { origin: 'outside' } }),
    facts('core.for-each', { behaviour: 'each' }),
    facts('core.step'),
    facts('ai.step', { labels: { origin: 'model' } }),
  ].map((it) => [it.type, it]),
)

const drawn = flow('f')
  .node('start', 'core.event')
  .node('each', 'core.for-each', { group: 'g', items: '{% [1] %}' })
  .node('first', 'core.step', { text: 'fixed' })
  .node('model', 'ai.step')
  .node('reads', 'core.step', { text: '{{ item }}' })
  .node('end', 'core.step')
  .node('mend', 'core.step')
  .group('g', ['first', 'model', 'reads'])
  .group('h', ['each'])
  .wire('start', 'each')
  .wire('first', 'model')
  .wire('model', 'reads')
  .wire('each', 'end')
  .wire('h.error', 'mend')
  .build()

test('what goes into a region, what its steps read as item, and what comes out as results keeps its labels', () => {
  const { graph, labels, problems } = analyseFlow(drawn, { nodeTypes })
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const at = (id: string) => graph.nodes.findIndex((node) => node.id === id)
  expect(labels.input(at('first')).whole.origin).toContain('outside')
  expect(labels.config(at('reads')).whole.origin).toContain('outside')
  expect(labels.input(at('end')).whole.origin).toContain('model')
  expect(labels.input(at('mend')).whole.origin).toEqual(['system'])
})
