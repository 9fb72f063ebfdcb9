import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

interface Bug {
  readonly name: string
  readonly file: string
  readonly before: string
  readonly after: string
}

const read = (path: string): string => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8')
const bugs = JSON.parse(read('planted/bugs.json')) as readonly Bug[]

test('every planted bug is another one, and still fits the code it is planted in: `npm run simulate -- --planted` finds them', () => {
  expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length)
  const astray = bugs.filter(({ file, before, after }) => before === after || read(`../../${file}`).split(before).length !== 2)
  expect(astray.map(({ name }) => name)).toEqual([])
})
