import { expect, test } from 'vitest'
import { bench, flow, startedBy } from '../testing/index.ts'

const four = flow('four')
  .node('start', 'test.event')
  .node('a', 'test.echo')
  .node('b', 'test.echo', { value: '{% input.n + 1 %}' })
  .node('c', 'test.echo')
  .wire('start', 'a')
  .wire('a', 'b')
  .wire('b', 'c')

test('a flow of steps inside runs to its end in the commit of its event, as one journal row', () => {
  const world = bench({ flows: [four.build()] })
  const [run = ''] = startedBy(world.send('test', { n: 41 }))
  expect(world.run(run)).toMatchObject({ status: 'succeeded', output: 42 })
  expect(world.store.journal.read(run)).toHaveLength(1)
  expect(world.kinds(run)).toEqual(['run.started', 'node.completed', 'node.completed', 'node.completed', 'run.succeeded'])
})
