import variant from '@jitl/quickjs-wasmfile-release-sync'
import type { Json } from '@sluice/flows'
import type { CodeAnswer } from '@sluice/sdk/server'
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core'
import { beforeAll, expect, test } from 'vitest'
import { codeLimits } from './limits.ts'
import { runCode } from './run-code.ts'

let quickjs: Awaited<ReturnType<typeof newQuickJSWASMModuleFromVariant>>
beforeAll(async () => {
  quickjs = await newQuickJSWASMModuleFromVariant(variant)
})

const context = { now: '2026-03-02T03:00:00.000Z', run: 'r1', node: 'n1', seed: 7 }

function run(source: string, input: Json = null): CodeAnswer {
  return runCode(quickjs, { source, input, context })
}

test.each([
  ['(input, context) => ({ total: input.a + input.b, node: context.node })', { total: 3, node: 'n1' }],
  ['function (input) { return input.a }', 1],
  ['return { a: input.a, 名: "客户" }', { a: 1, 名: '客户' }],
  ['const twice = input.a * 2\nreturn twice', 2],
  ['async (input) => { await null; return input.b }', 2],
  ['() => null', null],
  ['() => [1, undefined, "x"]', [1, null, 'x']],
  ['() => new Date().toISOString() + Date.now()', `2026-03-02T03:00:00.000Z${Date.parse(context.now)}`],
  ['() => new Date(0).toISOString()', '1970-01-01T00:00:00.000Z'],
])('%s gives its value', (source, output) => {
  expect(run(source, { a: 1, b: 2 })).toEqual({ ok: true, output })
})

test('chance repeats with the step, so another attempt draws the same', () => {
  const source = '() => [Math.random(), Math.random()]'
  expect(run(source)).toEqual(run(source))
  expect(runCode(quickjs, { source, input: null, context: { ...context, seed: 8 } })).not.toEqual(run(source))
})

test.each([
  ['return {', 'SLU_CODE_SYNTAX'],
  ['42', 'SLU_CODE_SYNTAX'],
  ['(input) => input.a.b.c', 'SLU_CODE_FAILED'],
  ['() => nothing', 'SLU_CODE_FAILED'],
  ['() => undefined', 'SLU_CODE_OUTPUT'],
  ['() => () => 1', 'SLU_CODE_OUTPUT'],
  ['() => new Promise(() => {})', 'SLU_CODE_OUTPUT'],
  ['() => "x".repeat(2_000_000)', 'SLU_CODE_OUTPUT'],
  ['() => { for (;;) {} }', 'SLU_CODE_LIMIT'],
  ['async () => { for (;;) await null }', 'SLU_CODE_LIMIT'],
  ['() => { const f = () => f() + 1; return f() }', 'SLU_CODE_LIMIT'],
  ['() => { const all = []; for (;;) all.push(new Array(10000).fill(1)) }', 'SLU_CODE_LIMIT'],
  ['() => ({ get a() { for (;;) {} } })', 'SLU_CODE_LIMIT'],
  ['() => new Proxy({}, { ownKeys() { for (;;) {} } })', 'SLU_CODE_LIMIT'],
  ['() => ({ toJSON() { for (;;) {} } })', 'SLU_CODE_LIMIT'],
])('%s is refused with %s, and the next call is unhurt', (source, code) => {
  expect(run(source, {})).toMatchObject({ ok: false, code })
  expect(run('() => 1')).toEqual({ ok: true, output: 1 })
})

test.each([
  ['() => typeof process'],
  ['() => typeof require'],
  ['() => typeof fetch'],
  ['() => typeof setTimeout'],
  ['() => typeof XMLHttpRequest'],
  ['() => typeof globalThis.WebAssembly'],
  ['() => typeof (() => {}).constructor("return this")().process'],
  ['() => { try { return typeof std } catch { return "undefined" } }'],
])('%s finds nothing of the host', (source) => {
  expect(run(source)).toEqual({ ok: true, output: 'undefined' })
})

test('importing a module is refused', () => {
  expect(run('async () => (await import("fs")).readFileSync("/etc/passwd")').ok).toBe(false)
})

test('what one call leaves in its world is gone for the next', () => {
  expect(run('() => { globalThis.left = 1; Array.prototype.map = null; JSON.stringify = () => "1"; return 2 }')).toEqual({
    ok: true,
    output: 2,
  })
  expect(run('() => [typeof left, [1].map((x) => x + 1)]')).toEqual({ ok: true, output: ['undefined', [2]] })
})

test('reserved names do not come out', () => {
  expect(run('() => JSON.parse(\'{"__proto__": {"admin": true}, "a": {"constructor": 1, "b": 2}}\')')).toEqual({
    ok: true,
    output: { a: { b: 2 } },
  })
})

test('an error tells the line and the kind, never the data that was thrown', () => {
  const answer = run('(input) => {\n  throw new Error(input.secret)\n}', { secret: '13800138000' })
  expect(answer).toMatchObject({ ok: false, code: 'SLU_CODE_FAILED', line: 2 })
  expect(JSON.stringify(answer)).not.toContain('138')
  expect(run('(input) => {\n\n  return input.nothing.more\n}', {})).toMatchObject({
    line: 3,
    message: expect.stringContaining('TypeError'),
  })
})

test('the clock is the interpreter’s, so code that never ends is stopped by it', () => {
  let at = 0
  const answer = runCode(quickjs, { source: '() => { for (;;) {} }', input: null, context }, () => (at += codeLimits.timeMs / 4))
  expect(answer).toMatchObject({ ok: false, code: 'SLU_CODE_LIMIT' })
})
