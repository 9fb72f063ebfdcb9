import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { knownAbout } from './about-words.ts'
import { knownKinds } from './kind-words.ts'

const root = join(import.meta.dirname, '../../../..')
const sources = [join(root, 'server/src'), ...readdirSync(join(root, 'nodes')).map((pack) => join(root, 'nodes', pack, 'server'))]
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(file, 'utf8'))

/** What each place that writes the log calls what happened, and what it names in it. */
const written = sources.flatMap((source) =>
  [...source.matchAll(/\.audit\(\s*([^,{]+),\s*\{((?:[^{}]|\{[^{}]*\})*)\}/g)].map(([, kind = '', refs = '']) => ({
    kinds: [...kind.matchAll(/'([a-z-]+\.[a-z-]+)'/g)].map(([, name = '']) => name),
    refs: [...refs.matchAll(/(?:^|[{,])\s*(\w+)\s*(?=[:,}]|$)/g)].map(([, name = '']) => name),
  })),
)

test('everything that the log records has words of its own', () => {
  const kinds = new Set([...written.flatMap((each) => each.kinds), 'retention.pruned'])
  expect(kinds.size).toBeGreaterThan(60)
  expect([...kinds].filter((kind) => !knownKinds.some((known) => known === kind))).toEqual([])
})

test('everything that an entry of the log names has a word of its own', () => {
  const names = new Set(written.flatMap(({ refs }) => refs))
  expect(names.size).toBeGreaterThan(20)
  expect([...names].filter((name) => !knownAbout.some((known) => known === name))).toEqual([])
})

test('how much a withdrawal takes back is said in words', () => {
  const rule = readFileSync(join(root, 'nodes/consent/domain/withdrawal.ts'), 'utf8')
  const [, body = ''] = /function scopeKind[^{]*\{([^}]*)\}/.exec(rule) ?? []
  const kinds = [...body.matchAll(/'([a-z]+)'/g)].map(([, kind = '']) => kind)
  expect(kinds).toContain('category')
  expect(kinds.filter((kind) => !knownAbout.some((known) => known === kind))).toEqual([])
})
