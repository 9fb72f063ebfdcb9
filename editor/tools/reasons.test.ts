import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { reasonOf } from '../src/canvas/check/reasons.ts'

/** How the sources report a problem of a drawing: the checks, the reader of files, and what packs say of settings. */
const reported = [
  /report\.add\(\s*(?:'(?:error|warning|hint)'|\w+),\s*'(SLU_\w+)'/g,
  /\b(?:flaw|tell|fileProblem)\(\s*'(SLU_\w+)'/g,
  /\bcode: '(SLU_\w+)'/g,
]

function codesIn(folder: string): string[] {
  const files = readdirSync(new URL(`../../${folder}/`, import.meta.url), { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(new URL(`../../${folder}/${file}`, import.meta.url), 'utf8'))
    .flatMap((source) => reported.flatMap((pattern) => [...source.matchAll(pattern)].map(([, code = '']) => code)))
}

test('whatever a check can say of a drawing has a reason of its own: why it matters', () => {
  const packs = readdirSync(new URL('../../nodes/', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .flatMap(({ name }) => ['nodes', 'domain'].map((part) => `nodes/${name}/${part}`))
    .filter((folder) => {
      try {
        return readdirSync(new URL(`../../${folder}/`, import.meta.url)).length > 0
      } catch {
        return false
      }
    })
  const codes = [...new Set(['engine/src/compile', 'flows/src/read', ...packs].flatMap(codesIn))].sort()
  expect(codes.length).toBeGreaterThan(50)
  expect(codes.filter((code) => reasonOf({ code, severity: 'error' }) === 'error')).toEqual([])
})
