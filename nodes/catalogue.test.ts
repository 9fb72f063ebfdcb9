import type { Text } from '@sluice/flows'
import { portsOf } from '@sluice/sdk'
import { toRuntimes } from '@sluice/sdk/server'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { nodeTypes, packs } from './catalogue.ts'
import { packServers } from './catalogue-server.ts'

const nodes = [...nodeTypes.values()].map((node) => [node.type, node] as const)
const han = /[\u4e00-\u9fff]/
const inBoth = (text: Text) => (typeof text === 'string' ? text : `${text.en}|${text['zh-CN']}`)

test('every node type runs: both halves are there', () => {
  expect(toRuntimes(packs, packServers).size).toBe(nodes.length)
})

test('no two packs share an id, and none needs a pack that is missing', () => {
  const ids = packs.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(packServers.map(({ id }) => id).sort()).toEqual([...ids].sort())
  for (const { requires } of packs) expect(ids).toEqual(expect.arrayContaining([...requires]))
})

test('no two packs share a table, a command or a route', () => {
  const unique = (names: readonly string[]) => expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  unique(packServers.flatMap(({ tables }) => tables.map(({ name }) => name)))
  unique(packServers.flatMap(({ commands }) => Object.keys(commands ?? {})))
  unique(packServers.flatMap(({ routes }) => (routes ?? []).map(({ method, path }) => `${method} ${path}`)))
})

describe.each(nodes)('%s', (type, node) => {
  test('is named after its pack and speaks both languages', () => {
    expect(packs.find(({ id }) => type.startsWith(`${id}.`))?.nodes).toContain(node)
    for (const text of [node.label, node.summary]) {
      expect(typeof text).toBe('object')
      expect(inBoth(text)).toMatch(han)
    }
    expect(node.keywords?.some((word) => han.test(word))).toBe(true)
  })

  test('its card and ports stand on empty and broken config', () => {
    for (const config of [{}, { to: 5, fields: null, rules: 'x', actions: [null], channel: {} }]) {
      const say = (language: 'en' | 'zh-CN') => node.sentence?.(config as never, language) ?? 'none'
      expect(say('en').length).toBeGreaterThan(0)
      expect(say('zh-CN').length).toBeGreaterThan(0)
      const names = portsOf(node, config as never).map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
      expect(() => node.check?.(config as never)).not.toThrow()
    }
  })

  test('what a fresh step of it begins with is valid', () => {
    const { properties } = node.config as { readonly properties: Readonly<Record<string, TSchema & { readonly default?: unknown }>> }
    for (const [name, field] of Object.entries(properties))
      if (field.default !== undefined) expect([name, Value.Check(field, field.default)]).toEqual([name, true])
  })

  test('its config refuses unknown fields and labels its own', () => {
    const schema = node.config as {
      additionalProperties?: unknown
      properties: Record<string, { readonly title?: string; readonly 'x-ui'?: string; readonly 'x-title'?: Text }>
    }
    expect(schema.additionalProperties).toBe(false)
    for (const [name, field] of Object.entries(schema.properties)) {
      expect([name, field['x-ui']]).not.toContain(undefined)
      expect(inBoth(field['x-title'] ?? '')).toMatch(han)
    }
  })
})
