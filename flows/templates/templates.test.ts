import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileFlow } from '@sluice/engine/compile'
import { expect, test } from 'vitest'
import { dataWords, nodeTypes } from '../../nodes/catalogue.ts'
import { readFlow, writeFlow } from '../src/index.ts'
import { templates } from './index.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const files = readdirSync(folder).filter((name) => name.endsWith('.flow.json'))

test('every file is shipped under its key, and every shipped flow has a file', () => {
  expect(files.map((name) => name.replace('.flow.json', '')).sort()).toEqual(templates.map((flow) => flow.key).sort())
})

test.each(files)('%s is read without a problem and written back byte for byte', (name) => {
  const text = readFileSync(join(folder, name), 'utf8')
  const read = readFlow(text)
  expect(read).toMatchObject({ ok: true })
  if (read.ok) expect(writeFlow(read.flow)).toBe(text)
})

test.each(templates.map((flow) => [flow.key, flow] as const))(
  '%s is named in both languages and lies on the grid without overlaps',
  (_, flow) => {
    expect(flow.name).toMatchObject({ en: expect.stringMatching(/\w/), 'zh-CN': expect.stringMatching(/\p{Script=Han}/u) })
    expect(flow.description).toMatchObject({ en: expect.stringMatching(/\w/), 'zh-CN': expect.stringMatching(/\p{Script=Han}/u) })
    const places = flow.nodes.map((node) => node.at?.join(',') ?? '')
    expect(new Set(places).size).toBe(flow.nodes.length)
    const columns = [260, 312].filter((apart) => flow.nodes.every((node) => (node.at?.[0] ?? 1) % apart === 0))
    expect(columns).not.toEqual([])
  },
)

test.each(templates.map((flow) => [flow.key, flow] as const))('%s may be published as it is: no problem, every proof holds', (_, flow) => {
  const { problems, proofs, compiled } = compileFlow(flow, { nodeTypes, version: 1, words: dataWords })
  expect(problems).toEqual([])
  expect(proofs.filter((proof) => !proof.holds)).toEqual([])
  expect(compiled).not.toBeNull()
})

const patternFolder = join(folder, '../patterns')
const shipped = [
  ...files.map((name) => join(folder, name)),
  ...readdirSync(patternFolder)
    .filter((name) => name.endsWith('.flow.json'))
    .map((name) => join(patternFolder, name)),
]

test('no expression of a shipped flow is told that it reads or gives what does not fit', () => {
  expect(shipped.length).toBeGreaterThan(40)
  const told = shipped.flatMap((file) => {
    const read = readFlow(readFileSync(file, 'utf8'))
    if (!read.ok) throw new Error(`${file} cannot be read`)
    const { problems } = compileFlow(read.flow, { nodeTypes, words: dataWords, version: 1 })
    return problems.filter(({ code }) => code === 'SLU_FLOW_MEMBER_UNKNOWN' || code === 'SLU_FLOW_TYPE_MISMATCH')
  })
  expect(told).toEqual([])
})
