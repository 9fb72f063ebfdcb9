import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { expect, test } from 'vitest'
import { isTest, root, type Source, sources } from './sources.ts'
import { published } from './surface.ts'

const all = new Map(sources().map((source) => [source.path, withoutComments(source)]))

/** `@sluice/engine/core` → its file. What an entry gives is public, whoever takes it. */
const entries = new Map(
  published.flatMap((workspace) => {
    const { name, exports } = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8')) as {
      readonly name: string
      readonly exports: Readonly<Record<string, string>>
    }
    return Object.entries(exports).map(([entry, file]) => [join(name, entry), join(workspace, file)] as const)
  }),
)
const publicFiles = new Set(entries.values())

function withoutComments({ text }: Source): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

const declared = /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|enum) ([A-Za-z_][\w$]*)/gm
const listed = /^export (type )?\{([^}]*)\}(?: from ['"]([^'"]+)['"])?/gm
const imported = /^\s*import\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?\{([^}]*)\}\s*from\s*['"]([^'"]+)['"]/gm
/** Everything is taken: a namespace, a star, a module that comes later or is only named. */
const whole =
  /(?:import\s+(?:type\s+)?\*\s+as\s+[\w$]+\s+from\s*|export\s+(?:type\s+)?\*\s+(?:as\s+[\w$]+\s+)?from\s*|import\(\s*|new URL\(\s*)['"]([^'"]+)['"]/g

function names(list: string): readonly { readonly inside: string; readonly outside: string; readonly isType: boolean }[] {
  return list
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [inside = '', outside = inside] = part.replace(/^type\s+/, '').split(/\s+as\s+/)
      return { inside, outside, isType: part.startsWith('type ') }
    })
}

function targetOf(path: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? join(dirname(path), specifier) : entries.get(specifier)
}

const taken = new Set<string>()
const takenWhole = new Set<string>()
const given = new Map<string, Set<string>>()
for (const [path, text] of all) {
  const own = new Set([...text.matchAll(declared)].map(([, name = '']) => name))
  for (const [, allTypes, list = '', from] of text.matchAll(listed)) {
    for (const { inside, outside, isType } of names(list)) {
      if (allTypes === undefined && !isType) own.add(outside)
      if (from !== undefined) taken.add(`${targetOf(path, from)} ${inside}`)
    }
  }
  for (const [, list = '', from = ''] of text.matchAll(imported))
    for (const { inside } of names(list)) taken.add(`${targetOf(path, from)} ${inside}`)
  for (const [, from = ''] of text.matchAll(whole)) takenWhole.add(targetOf(path, from) ?? '')
  given.set(path, own)
}

/** Run or read by tools that do not import them; what the build writes stands as text in its tools; how tests are put in order, by vitest.config.ts. */
const read = /\.(config|d)\.ts$|(-thread|\/service-worker|\/longest-first)\.ts$|^editor\/tools\//

/** Types are left alone: they are the words in which an exported function speaks. */
test('every exported value outside the public surface is imported somewhere: what only its own file needs is not exported', () => {
  const unused = [...given].flatMap(([path, own]) => {
    if (isTest(path) || publicFiles.has(path) || takenWhole.has(path) || read.test(path)) return []
    return [...own].filter((name) => name !== 'default' && !taken.has(`${path} ${name}`)).map((name) => `${path} ${name}`)
  })
  expect(unused).toEqual([])
})
