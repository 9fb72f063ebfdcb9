import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileFlow } from '@sluice/engine/compile'
import { expect, test } from 'vitest'
import { nodeTypes } from '../../../nodes/catalogue.ts'
import { readFlow, writeFlow } from '../../src/index.ts'
import { folder, pattern, patternFiles, patternText } from './play.ts'

const readme = readFileSync(join(folder, 'README.md'), 'utf8')
const tests = readdirSync(join(folder, 'test'))
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(folder, 'test', name), 'utf8'))
  .join('\n')
const rows = [...readme.matchAll(/^\| +(\d+) +\| ([^|]+)\|([^|]+)\|([^|]+)\|/gm)]

test('the table names each of the 43 patterns once, in order, in both languages', () => {
  expect(rows.map((row) => Number(row[1]))).toEqual(Array.from({ length: 43 }, (_, index) => index + 1))
  for (const row of rows) expect(row[3]).toMatch(/\p{Script=Han}/u)
})

test('each file stands in the row of its number, and each row with a file has one', () => {
  const linked = rows.flatMap((row) => [...(row[4] ?? '').matchAll(/\]\((.+?)\.flow\.json\)/g)].map((found) => found[1]))
  expect(linked.toSorted()).toEqual([...patternFiles])
  for (const row of rows) {
    for (const [, file = ''] of (row[4] ?? '').matchAll(/\]\((.+?)\.flow\.json\)/g)) expect(Number(file.slice(0, 2))).toBe(Number(row[1]))
  }
})

test.each(patternFiles)('%s is played by a test', (name) => {
  expect(tests).toContain(`play('${name}'`)
})

test.each(patternFiles)('%s is read without a problem and written back byte for byte', (name) => {
  const text = patternText(name)
  const read = readFlow(text)
  expect(read).toMatchObject({ ok: true })
  if (read.ok) expect(writeFlow(read.flow)).toBe(text)
})

test.each(patternFiles)('%s is named and told in both languages, and no two steps lie on one another', (name) => {
  const flow = pattern(name)
  for (const text of [flow.name, flow.description, ...flow.nodes.map((node) => node.name)])
    expect(text).toMatchObject({ en: expect.stringMatching(/\S/), 'zh-CN': expect.stringMatching(/\p{Script=Han}/u) })
  expect(new Set(flow.nodes.map((node) => String(node.at))).size).toBe(flow.nodes.length)
})

test.each(patternFiles)('%s may be published as it is: no problem, every proof holds', (name) => {
  const { problems, proofs } = compileFlow(pattern(name), { nodeTypes, version: 1 })
  expect(problems).toEqual([])
  expect(proofs.filter((proof) => !proof.holds)).toEqual([])
})
