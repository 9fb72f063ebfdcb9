import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { output } from './outcome.ts'
import type { AnyNode } from './pack.ts'
import { toRuntime } from './runtime.ts'
import { definePackServer } from './server/pack-server.ts'
import { words } from './words.ts'

const node = (more: Partial<AnyNode>): AnyNode => ({
  type: 'test.one',
  version: 1,
  label: words('One', '一'),
  summary: words('One.', '一。'),
  category: 'data',
  silhouette: 'action',
  icon: 'circle',
  config: Type.Object({}),
  ports: [],
  effect: 'none',
  ...more,
})
const server = definePackServer({ id: 'test', tables: [], steps: { 'test.one': () => output(null) } })

test('a pure node brings its own run', () => {
  expect(toRuntime(node({ run: ({ input }) => output(input) }), null).pure).toBeTypeOf('function')
})

test('a step comes from the server half', () => {
  expect(toRuntime(node({ effect: 'internal' }), server).step).toBe(server.steps?.['test.one'])
})

test.each([
  ['without effect needs run()', node({}), null],
  ['internal needs a step', node({ effect: 'internal' }), null],
  ['outside needs a handler', node({ effect: 'unsafe' }), server],
])('a node %s, or the server does not start', (_name, definition, half) => {
  expect(() => toRuntime(definition, half)).toThrow('test.one')
})

test('a picture that cannot be shown stops the start with the name of its step type', () => {
  const run = () => output(null)
  expect(() => toRuntime(node({ run, picture: '<p>' }), null)).toThrow('test.one: SLU_NODE_PICTURE')
  expect(toRuntime(node({ run, picture: '<svg xmlns="http://www.w3.org/2000/svg"/>' }), null).type).toBe('test.one')
})

test('triggers and joins need neither', () => {
  expect(toRuntime(node({ behaviour: 'join' }), null).effect).toBe('none')
})
