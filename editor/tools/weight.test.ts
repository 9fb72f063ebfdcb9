import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { type PageFiles, pageFilesName } from './page-files.ts'
import { buildOutput, describeWeight, type Weight, weigh } from './weight.ts'

let output: Awaited<ReturnType<typeof buildOutput>>
let weights: readonly Weight[]
let pages: readonly PageFiles[]

// One build for everything that is asked of it: it takes longer than all the rest.
beforeAll(async () => {
  output = await buildOutput()
  weights = weigh(output)
  const list = output.find(({ fileName }) => fileName === pageFilesName)
  if (list?.type !== 'asset') throw new Error('The build wrote no list of files')
  pages = JSON.parse(list.source.toString())
}, 300_000)

test('a first visit to any screen stays within its budget', () => {
  expect(weights.map((weight) => weight.screen)).toEqual(
    expect.arrayContaining(['CanvasScreen', 'FlowsScreen', 'TasksScreen', 'sign-in.lazy']),
  )
  const over = weights.filter(({ bytes, budget }) => bytes > budget)
  expect(over.map(describeWeight)).toEqual([])
})

test('the canvas comes in few files: each is a request with its own wait, and browsers make six at a time', () => {
  const files = weights.find(({ screen }) => screen === 'CanvasScreen')?.parts.map(({ file }) => file)
  expect(files?.length).toBeGreaterThan(10)
  expect(files?.length, files?.join(', ')).toBeLessThanOrEqual(28)
})

test('what is weighed holds the words and the styles of a screen', () => {
  for (const { screen, parts } of weights) {
    expect(
      parts.some((part) => part.file.endsWith('.css')),
      screen,
    ).toBe(true)
    expect(
      parts.some((part) => part.file.startsWith('app-')),
      screen,
    ).toBe(true)
  }
})

test('the page has no evaluator of expressions and no clock lines; the check in its worker has both', () => {
  const page = output.flatMap((each) => (each.type === 'chunk' ? Object.keys(each.modules) : []))
  const heavy = (module: string) => /\/node_modules\/(jsonata|croner|pinyin-pro|typebox)\//.test(module)
  expect(page.filter(heavy)).toEqual([])
  const worker = output.find((each) => /check\.worker/.test(each.fileName))
  if (worker?.type !== 'asset') throw new Error('The check has no worker of its own')
  expect(worker.source.toString()).toMatch(/croner|CronPattern/i)
})

test('the schemas of the settings come with the inspector and the comparison, the step types without them', async () => {
  const { nodeTypes } = await import('@sluice/nodes')
  const holds = (file: string) => output.find((each) => each.type === 'chunk' && Object.keys(each.modules).some((id) => id.endsWith(file)))
  const table = holds('/editor/src/inspect/schema/schemas.ts')
  const faces = holds('/nodes/approvals/nodes/task.ts')
  if (table?.type !== 'chunk' || faces?.type !== 'chunk') throw new Error('Nothing was built of them')
  const [schemaOf] = Object.values(await import(`data:text/javascript;base64,${Buffer.from(table.code).toString('base64')}`))
  if (typeof schemaOf !== 'function') throw new Error('The table has no way in')
  const wrong = [...nodeTypes].filter(([type, { config }]) => JSON.stringify(schemaOf(type)) !== JSON.stringify(config))
  expect(wrong.map(([type]) => type)).toEqual([])
  expect(table.code.includes('Limit counts working time')).toBe(true)
  expect(faces.code.includes('Limit counts working time')).toBe(false)
})

test('every screen behind the sign-in has its address with its files and its words in the list', () => {
  const router = readFileSync(new URL('../src/app/router.tsx', import.meta.url), 'utf8')
  const screens = [...router.matchAll(/import\('\.\.\/screens\/[^']*\/(\w+Screen)\.tsx'\)/g)].map(([, screen]) => screen ?? '')
  expect(screens.length).toBeGreaterThan(10)
  const listed = pages.flatMap(({ files }) => files)
  for (const screen of screens)
    expect(
      listed.some((file) => file.startsWith(`assets/${screen}-`)),
      screen,
    ).toBe(true)
  expect(pages.map(({ path }) => path)).toEqual(expect.arrayContaining(['/flows/$key', '/tasks/$id', '/settings/$section']))
  for (const { path, texts } of pages) {
    expect(texts.en?.length, path).toBeGreaterThanOrEqual(2)
    expect(texts['zh-CN']?.length, path).toBe(texts.en?.length)
  }
})

test('the style sheets of a screen stand in the order in which its parts build on each other: its own rules have the last word', () => {
  const sheetsOf = (address: string) =>
    pages.find(({ path }) => path === address)?.files.flatMap((file) => /\/(\w+)-[^/]*\.css$/.exec(file)?.[1] ?? []) ?? []
  expect(sheetsOf('/flows').at(-1)).toBe('FlowsScreen')
  const canvas = sheetsOf('/flows/$key')
  expect(canvas.at(-1)).toBe('CanvasScreen')
  expect(canvas.indexOf('status')).toBeLessThan(canvas.indexOf('canvas'))
})

test('the list names only files of the build, and none that every page begins with', () => {
  const built = new Set(output.map(({ fileName }) => fileName))
  const page = output.find(({ fileName }) => fileName === 'index.html')
  if (page?.type !== 'asset') throw new Error('The build wrote no page')
  const named = pages.flatMap(({ files, texts }) => [...files, ...Object.values(texts).flat()])
  expect(named.filter((file) => !built.has(file))).toEqual([])
  expect(named.filter((file) => page.source.toString().includes(file))).toEqual([])
})

test('the questions of a visit run before everything else, from a script that imports nothing', () => {
  const page = output.find(({ fileName }) => fileName === 'index.html')
  if (page?.type !== 'asset') throw new Error('The build wrote no page')
  const [first] = page.source.toString().match(/<script[^>]*>/g) ?? []
  expect(first).toMatch(/async src="\/assets\/early-/)
})

test('rules of the drawing engine come before ours, which are as strong', () => {
  const sheets = output.flatMap((file) => (file.type === 'asset' && file.fileName.endsWith('.css') ? [file.source.toString()] : []))
  const ours = '--xy-edge-stroke-default:var('
  const sheet = sheets.find((text) => text.includes(ours)) ?? ''
  const engines = sheet.indexOf('.react-flow__handle{')
  expect(engines).toBeGreaterThanOrEqual(0)
  expect(engines).toBeLessThan(sheet.indexOf(ours))
})
