import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { expect, test } from 'vitest'
import { withNumbers } from '../src/app/i18n/number-values.ts'
import { plainPlurals } from './plain-plurals.ts'

const catalogues = import.meta.glob<Readonly<Record<string, Readonly<Record<string, string>>>>>('../src/app/locales/{en,zh-CN}/*.ts', {
  eager: true,
})
const counts = [0, 1, 2, 5, 11, 21, 999, 1_000, 12_345, 1.5]

test.each(['en', 'zh-CN'] as const)('every text with a number in %s reads as it would from the library alone', (language) => {
  const texts = Object.entries(catalogues).flatMap(([path, areas]) =>
    path.includes(`/${language}/`) ? Object.values(areas).flatMap((area) => Object.entries(area)) : [],
  )
  const numbered = texts.filter(([, text]) => /, (plural|number)/.test(text))
  expect(numbered.length).toBeGreaterThan(50)
  const library = setupI18n({ locale: language, messages: { [language]: {} } })
  const ours = setupI18n({ locale: language, messages: { [language]: {} } })
  for (const [id, text] of numbered) {
    const compiled = compileMessage(text)
    library.load(language, { [id]: compiled })
    ours.load(language, { [id]: plainPlurals(compiled) })
    const names = new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? ''))
    for (const count of counts) {
      const values = Object.fromEntries(
        [...names].map((name) => [name, new RegExp(`\\{${name}, (plural|number)`).test(text) ? count : 'x']),
      )
      expect(ours._(id, withNumbers(values, language)), id).toBe(library._(id, values))
    }
  }
})

test('an exact number has its own words before the form it would ask for', () => {
  const i18n = setupI18n({ locale: 'en' })
  i18n.load('en', { runs: plainPlurals(compileMessage('{count, plural, =0 {No run} one {# run} other {# runs}}')) })
  const said = (count: number) => i18n._('runs', withNumbers({ count }, 'en'))
  expect([0, 1, 2, 1_500].map(said)).toEqual(['No run', '1 run', '2 runs', '1,500 runs'])
})
