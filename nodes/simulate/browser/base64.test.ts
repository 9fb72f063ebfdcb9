import { readFileSync } from 'node:fs'
import vm from 'node:vm'
import { transformSync } from 'esbuild'
import { expect, test } from 'vitest'

const code = transformSync(readFileSync(new URL('base64.ts', import.meta.url), 'utf8'), { loader: 'ts', format: 'esm' }).code

interface Made {
  readonly window: { btoa(text: string): string; atob(text: string): string }
}

/** As a worker loads it: with neither a window nor a Buffer. */
function inWorker(more: object = {}): Made {
  return vm.runInNewContext(`${code.replace('export {}', '')}\nglobalThis`, { btoa, atob, ...more }) as Made
}

test('texts become what the server makes of them, and come back', () => {
  const { window } = inWorker()
  for (const text of ['', 'a', 'ab', 'abc', 'é', '授权', '\u0000\u00ff', 'x'.repeat(10_000)])
    expect(window.btoa(text)).toBe(Buffer.from(text, 'binary').toString('base64'))
  for (const text of ['', 'YQ==', 'YWI=', 'YWJj', 'w6k', '_-8!x', 'YQ', 'Y', 'YWJj\nYWJj', 'YQ==YQ=='])
    expect(window.atob(text), text).toBe(Buffer.from(text, 'base64').toString('binary'))
})

test('where there is a window it stays as it is', () => {
  const window = { btoa: () => 'own' }
  expect(inWorker({ window }).window.btoa('x')).toBe('own')
})
