import type { Plugin } from 'vite'

const spoken = ['en-US', 'zh-CN']
const lists = /\/(?:react-aria|react-stately|react-aria-components)\/dist\/.*\/intlStrings\.m?js$/
/** An import of one language's texts, or the line that names it in the list. */
const line = /^(?:import .*\/([a-z]{2}-[A-Z]{2})\.m?js["'];?|\s*["']([a-z]{2}-[A-Z]{2})["']: .*)$/

/** Where the components ask, as they load, whether the browser's own language is a language. */
const first = /\/react-aria\/dist\/private\/i18n\/useDefaultLocale\.m?js$/
const slow = /Intl\.DateTimeFormat\.supportedLocalesOf\(\[\s*locale\s*\]\)/

/** Where they ask which way a language is written. */
const direction = /\/react-aria\/dist\/private\/i18n\/utils\.m?js$/
const asksAll = /if \(Intl\.Locale\) \{/

/** The components bring their texts in 34 languages, a third of their weight. Ours are kept, the others left out. */
export function ariaLanguages(): Plugin {
  return {
    name: 'aria-languages',
    enforce: 'pre',
    transform: {
      filter: { id: [lists, first, direction] },
      handler(code, id) {
        if (first.test(id)) return { code: asksQuickly(code), map: null }
        if (direction.test(id)) return { code: guessesDirection(code), map: null }
        const kept = code.split('\n').filter((each) => {
          const found = line.exec(each)
          return found === null || spoken.includes(found[1] ?? found[2] ?? '')
        })
        return { code: kept.join('\n'), map: null }
      },
    },
  }
}

/**
 * The question is only whether it throws, and it throws for what is not written as a language. Asked of the calendars it reads all that
 * the browser knows of all languages first: 25 ms of every visit, 100 on a slow machine.
 */
export function asksQuickly(code: string): string {
  if (!slow.test(code)) throw new Error('react-aria no longer asks of the language as it loads')
  return code.replace(slow, 'Intl.getCanonicalLocales(locale)')
}

/**
 * Whether a language is written from the right is told by its first part: no language of ours has two scripts that go both ways. The
 * browser would read which script is likely for each language of the world: 6 ms of every visit, 25 on a slow machine.
 */
export function guessesDirection(code: string): string {
  if (!asksAll.test(code)) throw new Error('react-aria no longer asks the browser which way a language is written')
  return code.replace(asksAll, 'if (false) {')
}
