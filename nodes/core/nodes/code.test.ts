import { testNode } from '@sluice/sdk/testing'
import { expect, test } from 'vitest'
import { coreServer } from '../server/index.ts'
import { code } from './code.ts'

const config = { source: '(input) => input.a + 1' }

test('the sandbox gets the code, the data on the wire, the recorded time and a seed of its step', async () => {
  const asked: unknown[] = []
  const runCode = async (order: unknown) => {
    asked.push(order)
    return { ok: true, output: 2 } as const
  }
  const given = { config, input: { a: 1 }, now: Date.parse('2026-03-02T03:00:00Z'), server: coreServer, host: { runCode } }
  const first = await testNode(code, given)
  expect(first.acted).toMatchObject({ kind: 'output', port: 'out', data: 2 })
  await testNode(code, given)
  expect(asked[0]).toMatchObject({
    source: config.source,
    input: { a: 1 },
    context: { now: '2026-03-02T03:00:00.000Z', seed: expect.any(Number) },
  })
  expect(asked[1]).toEqual(asked[0])
})

test.each([
  ['SLU_CODE_FAILED', false],
  ['SLU_CODE_SYNTAX', true],
  ['SLU_CODE_LIMIT', true],
  ['SLU_CODE_OUTPUT', true],
  ['SLU_CODE_BUSY', false],
] as const)('%s fails the step; another try cannot help: %s', async (kind, terminal) => {
  const runCode = async () => ({ ok: false, code: kind, message: 'said', line: null }) as const
  const { acted } = await testNode(code, { config, server: coreServer, host: { runCode } })
  expect(acted).toMatchObject({ kind: 'failure', error: { code: kind, message: 'said', terminal } })
})

test('expression marks in code are code, not expressions', async () => {
  const runCode = async ({ source }: { source: string }) => ({ ok: true, output: source }) as const
  const marked = { source: '{% 1 + 1 %}' }
  expect((await testNode(code, { config: marked, server: coreServer, host: { runCode } })).acted).toMatchObject({ data: marked.source })
})
