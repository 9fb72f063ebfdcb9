import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { asksQuickly, guessesDirection } from './aria-languages.ts'

test('the components ask of the language only whether it is written as one, which both questions refuse alike', () => {
  const aria = dirname(createRequire(import.meta.url).resolve('react-aria/package.json'))
  const code = asksQuickly(readFileSync(join(aria, 'dist/private/i18n/useDefaultLocale.mjs'), 'utf8'))
  expect(code).toContain('Intl.getCanonicalLocales(locale)')
  expect(code).not.toContain('supportedLocalesOf')
  for (const locale of ['en-GB', 'zh-Hans-CN', 'xx-Nowhere', 'C', 'en_US', '', 'undefined']) {
    const isRefused = (ask: () => unknown) => {
      try {
        ask()
        return false
      } catch {
        return true
      }
    }
    expect(
      isRefused(() => Intl.getCanonicalLocales(locale)),
      locale,
    ).toBe(isRefused(() => Intl.DateTimeFormat.supportedLocalesOf([locale])))
  }
})

test('which way a language is written is told by its name, as the browser would tell it', async () => {
  const aria = dirname(createRequire(import.meta.url).resolve('react-aria/package.json'))
  const code = guessesDirection(readFileSync(join(aria, 'dist/private/i18n/utils.mjs'), 'utf8'))
  const ways = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)
  const [isFromRight] = Object.values(ways)
  if (typeof isFromRight !== 'function') throw new Error('It gives no answer')
  expect(['en', 'en-GB', 'zh-CN', 'zh-Hans-CN', 'fr'].map((locale) => isFromRight(locale))).toEqual([false, false, false, false, false])
  expect(['ar', 'ar-EG', 'he-IL', 'fa'].map((locale) => isFromRight(locale))).toEqual([true, true, true, true])
})

test('a release of the components that asks otherwise stops the build', () => {
  expect(() => asksQuickly('const locale = 1')).toThrow('no longer asks')
  expect(() => guessesDirection('const locale = 1')).toThrow('no longer asks')
})
