import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')

function blockAfter(selector: string): Record<string, string> {
  const from = css.indexOf('{', css.indexOf(selector)) + 1
  const lines = css.slice(from, css.indexOf('}', from)).matchAll(/--([\w-]+):\s*([^;]+);/g)
  return Object.fromEntries([...lines].map((match) => [match[1] ?? '', match[2] ?? '']))
}
const light = blockAfter(':root,')
const dark = blockAfter('\n[data-theme="dark"]')

/** WCAG 2.2 relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

test('a colour of one theme is there in the other, or it would stay what it was', () => {
  expect(Object.keys(light).sort()).toEqual(Object.keys(dark).sort())
})

test('whatever a style sheet asks for is said somewhere', () => {
  const files = readdirSync(join(import.meta.dirname, '..'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(css|tsx?)$/.test(name),
  )
  const sources = files
    .filter((name) => !/\.test\.tsx?$/.test(name))
    .map((name) => readFileSync(join(import.meta.dirname, '..', name), 'utf8'))
  const said = new Set(sources.flatMap((text) => [...text.matchAll(/(--[\w-]+)['"`]?\]?\s*:/g)].map(([, name]) => name)))
  // What the drawing engine and the kit set themselves.
  const foreign = /^--(xy|trigger|visual|page|vscode|react-aria)/
  const asked = sources.flatMap((text) => [...text.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name ?? ''))
  expect([...new Set(asked)].filter((name) => !said.has(name) && !foreign.test(name))).toEqual([])
})

test('dark is the same whether the system or the person chose it', () => {
  expect(blockAfter(':root:not([data-theme="light"])')).toEqual(dark)
})

test.each([
  ['light', light],
  ['dark', dark],
] as const)('text tokens of the %s theme reach 4.5:1 on surface and canvas', (_, theme) => {
  const text = ['ink', 'muted', 'accent', 'skipped', 'run', 'wait', 'human', 'ok', 'error', 'consent', 'act']
  const weak = text.flatMap((name) =>
    ['surface', 'canvas']
      .filter((ground) => contrast(theme[name] ?? '#000000', theme[ground] ?? '#000000') < 4.5)
      .map((ground) => `${name} on ${ground}`),
  )
  expect(weak).toEqual([])
})

test.each([
  ['light', light],
  ['dark', dark],
] as const)('strong lines of the %s theme reach 3:1, and words on the accent 4.5:1', (_, theme) => {
  expect(contrast(theme['line-strong'] ?? '', theme.surface ?? '')).toBeGreaterThanOrEqual(3)
  expect(contrast(theme['on-accent'] ?? '', theme.accent ?? '')).toBeGreaterThanOrEqual(4.5)
})
