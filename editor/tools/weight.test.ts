import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { buildOutput, debtBytes, describeWeight, type Weight, weigh } from './weight.ts'

let output: Awaited<ReturnType<typeof buildOutput>>
let weights: readonly Weight[]

beforeAll(async () => {
  output = await buildOutput(fileURLToPath(new URL('..', import.meta.url)))
  weights = weigh(output)
})

test('a first visit to any screen stays within its budget, or within a debt that is written down', () => {
  expect(weights.map((weight) => weight.screen)).toEqual(
    expect.arrayContaining(['CanvasScreen', 'FlowsScreen', 'TasksScreen', 'sign-in.lazy']),
  )
  const over = weights.filter((weight) => weight.bytes > (debtBytes[weight.screen] ?? weight.budget))
  expect(over.map(describeWeight)).toEqual([])
  const paid = weights.filter(({ screen, bytes, budget }) => debtBytes[screen] !== undefined && bytes <= budget)
  expect(paid.map(({ screen }) => `${screen} fits: take its debt out`)).toEqual([])
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
