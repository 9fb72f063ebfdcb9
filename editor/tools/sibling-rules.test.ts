import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const source = fileURLToPath(new URL('../src/', import.meta.url))
// `* + …` in any spelling: with nothing said of the first of the two, the browser cannot tell where it may matter.
const anySibling = /(?:^|[\s>+~,(])\*\s*[+~]/m

/**
 * One such rule anywhere makes each element put between others restyle all that its parent holds: 6 to 18 ms of every frame in which a
 * step came into view.
 */
test('no style sheet asks what comes before an element without saying of which', () => {
  const sheets = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css'))
  expect(sheets.length).toBeGreaterThan(50)
  expect(sheets.filter((file) => anySibling.test(readFileSync(source + file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')))).toEqual([])
})

test('the rule that did is found, and those that name their sibling are not', () => {
  expect(anySibling.test('.body > * + * {')).toBe(true)
  expect(anySibling.test('a,\n* ~ .b {')).toBe(true)
  expect(anySibling.test('.row + .row { width: calc(1px * 2 + 3px) } .native:disabled ~ * {')).toBe(false)
})
