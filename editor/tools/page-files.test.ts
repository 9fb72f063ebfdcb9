import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { type PageFiles, pageFilesName } from './page-files.ts'
import { buildOutput } from './weight.ts'

let output: Awaited<ReturnType<typeof buildOutput>>
let pages: readonly PageFiles[]

beforeAll(async () => {
  output = await buildOutput(fileURLToPath(new URL('..', import.meta.url)))
  const list = output.find(({ fileName }) => fileName === pageFilesName)
  if (list?.type !== 'asset') throw new Error('The build wrote no list of files')
  pages = JSON.parse(list.source.toString())
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
