import { readFileSync } from 'node:fs'
import { nodeTypes, packs } from '@sluice/nodes'
import { Type as real } from 'typebox'
import { expect, test, vi } from 'vitest'
import { Type as plain } from './plain-types.ts'
import { withoutInsides } from './step-faces.ts'

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
