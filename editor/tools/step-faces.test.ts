import { readFileSync } from 'node:fs'
import { nodeTypes, packs } from '@sluice/nodes'
import { Type as real } from 'typebox'
import { expect, test, vi } from 'vitest'
import { Type as plain } from './plain-types.ts'
import { withoutInsides, withPureCalls } from './step-faces.ts'

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

test('the page reads the same schemas as the engine, for every step type', async () => {
  vi.resetModules()
  vi.doMock('typebox', () => ({ Type: plain }))
  const page = await import('@sluice/nodes')
  expect(page.nodeTypes).not.toBe(nodeTypes)
  for (const [type, node] of nodeTypes) {
    const seen = page.nodeTypes.get(type)
    expect(asJson(seen?.config), type).toEqual(asJson(node.config))
    expect(asJson(seen?.input ?? null), type).toEqual(asJson(node.input ?? null))
  }
})

test('plain types know every constructor that the step types use', () => {
  for (const name of Object.keys(plain)) expect(real).toHaveProperty(name)
})

test('what a step does when it runs is not in the page, what it shows is', () => {
  const source = readFileSync(new URL('../../nodes/core/nodes/stop.ts', import.meta.url), 'utf8')
  const page = withoutInsides(source)
  expect(source).toMatch(/run: \(/)
  expect(page).not.toMatch(/run: \(/)
  for (const shown of ['label:', 'config:', 'ports:']) expect(page).toContain(shown)
})

test('a declaration whose last or only property goes stays a declaration', () => {
  expect(withoutInsides('export const a = defineNode({ run: () => 1 })')).toBe('export const a = defineNode({ ...null })')
  expect(withoutInsides('export const a = defineNode({ type: 1, check })')).toBe('export const a = defineNode({ type: 1, ...null })')
  expect(withoutInsides('const run = 1; export const a = other({ run })')).toBe('const run = 1; export const a = other({ run })')
  expect(packs.length).toBeGreaterThan(0)
})

test('with the schemas at hand a step type keeps only the values it starts with', () => {
  const code =
    "const Config = Type.Object({}); export const a = defineNode({ type: 'x.a', config: Config, keywords: ['b'], label: { en: 'A' } })"
  const schemas = { 'x.a': { properties: { first: { default: [1] }, second: {} } } }
  expect(withoutInsides(code, schemas)).toBe(
    "const Config = Type.Object({}); export const a = defineNode({ type: 'x.a', defaults: {\"first\":[1]}, ...null, label: { en: 'A' } })",
  )
  expect(withoutInsides(code, { 'x.b': {} })).toBe(code)
})

test('what a module makes while it loads may be left out, what it makes when called is as it was', () => {
  const pure = withPureCalls(
    'const A = Type.Object({ ...ui() }); const b = words(say()); const c = () => run(); function d() { return run() }',
  )
  expect(pure).toBe(
    'const A = /* @__PURE__ */ (() => Type.Object({ ...ui() }))(); const b = /* @__PURE__ */ words(/* @__PURE__ */ say()); const c = () => run(); function d() { return run() }',
  )
})
