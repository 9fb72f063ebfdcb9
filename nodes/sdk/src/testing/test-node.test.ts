import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { type AnyNode, act, defineNode, leave, output, words } from '../index.ts'
import { definePackServer } from '../server/index.ts'
import { testNode } from './test-node.ts'

const face = {
  version: 1,
  label: words('Test', '测试'),
  summary: words('Test.', '测试。'),
  category: 'data',
  silhouette: 'action',
  icon: 'circle',
  ports: [{ name: 'out', label: 'out' }],
} as const

const double = defineNode({
  ...face,
  type: 'test.double',
  config: Type.Object({ by: Type.Integer({ maximum: 10 }) }, { additionalProperties: false }),
  effect: 'none',
  run: ({ config, input }) => output(Number(input) * config.by),
})

test('a pure node runs on plain values', async () => {
  const { outcome } = await testNode(double, { config: { by: 2 }, input: 21 })
  expect(outcome).toEqual({ kind: 'output', port: 'out', data: 42 })
})

test('a config that no form could give is refused', async () => {
  await expect(testNode(double, { config: { by: 11 } })).rejects.toThrow('does not fit its schema')
  await expect(testNode(double, { config: { by: 2, extra: true } })).rejects.toThrow('does not fit its schema')
})

test('a port that is not declared is found out', async () => {
  const astray: AnyNode = { ...face, type: 'test.astray', config: Type.Object({}), effect: 'none', run: () => leave('elsewhere', null) }
  await expect(testNode(astray)).rejects.toThrow('leaves by "elsewhere"')
})

test('a step that orders an act without declaring one is found out', async () => {
  const sly: AnyNode = { ...face, type: 'test.sly', config: Type.Object({}), effect: 'internal' }
  const server = definePackServer({ id: 'test', tables: [], steps: { 'test.sly': () => act({}, null) } })
  await expect(testNode(sly, { server })).rejects.toThrow('orders an act')
})

test('an outside node is followed through its handler when the test brings a world', async () => {
  const call: AnyNode = { ...face, type: 'test.call', config: Type.Object({}), effect: 'idempotent' }
  const server = definePackServer({
    id: 'test',
    tables: [],
    steps: { 'test.call': () => act({ say: 'hello' }, null) },
    outside: {
      'test.call': {
        touches: 'nobody',
        act: async ({ request, idempotencyKey }) => output({ said: request.say ?? null, idempotencyKey }),
      },
    },
  })
  const { acted } = await testNode(call, { server, host: {} })
  expect(acted).toEqual({ kind: 'output', port: 'out', data: { said: 'hello', idempotencyKey: 'run-1:t1:step' } })
})
