import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { expect, test } from 'vitest'
import { importsOf } from './imports.ts'
import { isTest, root, type Source, sources } from './sources.ts'
import { published } from './surface.ts'

const all = new Map(sources().map((source) => [source.path, source]))

/** `@sluice/engine/core` → its file. */
const entries = new Map(
  published.flatMap((workspace) => {
    const { name, exports } = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8')) as {
      readonly name: string
      readonly exports: Readonly<Record<string, string>>
    }
    return Object.entries(exports).map(([entry, file]) => [join(name, entry), join(workspace, file)] as const)
  }),
)

/** Where something starts by itself: processes, threads, the page, what a command of package.json or a build runs. */
const starts =
  /^(editor\/src\/main\.tsx?|editor\/tools\/.*|server\/tools\/.*|server\/src\/cli\/main\.ts|examples\/.*\/play\.ts)$|(-thread|\/service-worker)\.ts$|\.(config|d)\.ts$/

/** Files named by a text instead of an import: threads, and what tests start as processes. */
function namedIn({ path, text }: Source): readonly string[] {
  return [...text.matchAll(/['"](\.{1,2}\/[^'"]+\.tsx?)['"]/g)].map(([, file = '']) => join(dirname(path), file))
}

function reachedFrom(roots: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>()
  const left = [...roots]
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    const source = all.get(path)
    if (source === undefined || seen.has(path)) continue
    seen.add(path)
    left.push(...importsOf(source).map(({ target }) => entries.get(target) ?? target), ...namedIn(source))
  }
  return seen
}

/** Held by tests alone, and meant so. */
const forTests = /^(editor\/src\/app\/locales\/zh-CN\/index\.ts|server\/src\/hosts\/sqlite\/test-database\.ts)$/

test('every source file is reached from an entry or a start: what nothing needs is removed', () => {
  const paths = [...all.keys()]
  const reached = reachedFrom([...entries.values(), ...paths.filter((path) => starts.test(path))])
  expect(paths.filter((path) => !isTest(path) && !reached.has(path) && !forTests.test(path))).toEqual([])
})
