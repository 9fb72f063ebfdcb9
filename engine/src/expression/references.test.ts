import { expect, test } from 'vitest'
import { compileExpression } from './index.ts'

function readsOf(source: string): readonly string[] {
  const compiled = compileExpression(source)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error))
  return compiled.expression.references.reads.map(({ path }) => path.join('.') || '*')
}

test.each([
  ['event.data.customer.name', ['event.data.customer.name']],
  ['nodes.mask.fields[name = "x"].value', ['nodes.mask.fields.value']],
  ['$sum(input.items.(price * count))', ['input.items']],
  ['{"a": nodes.a.x, "b": [vars.b, run.id]}', ['nodes.a.x', 'vars.b', 'run.id']],
  ['input.a ? nodes.b : now', ['input.a', 'nodes.b', 'now']],
  ['input.items[price > $$.vars.limit]', ['input.items', 'vars.limit']],
  ['($x := input.a; $x.b & $.vars.c)', ['input.a', 'vars.c']],
  ['input.list^(nodes.x).y', ['input.list']],
  ['input.items{kind: $$.nodes.rate.value}', ['input.items', 'nodes.rate.value']],
  ['$$', ['*']],
  ['$lookup($, "nodes")', ['*']],
  ['input ~> $lookup("a")', ['input']],
  ['$map(input.a, function($v) { $v.nodes & event.id })', ['input.a', 'event.id']],
  ['`nodes`."a b".c', ['nodes.a b.c']],
])('%s reads what it names', (source, reads) => {
  expect(readsOf(source)).toEqual(reads)
})

test('steps, unknown names and reading all steps at once are told apart', () => {
  const compiled = compileExpression('nodes.a.x + nodes.b + $count(nodes) + customer.name')
  expect(compiled.ok && compiled.expression.references).toMatchObject({
    nodes: ['a', 'b'],
    allNodes: true,
    unknown: [{ path: ['customer', 'name'] }],
  })
})
