import type { BrowserContext, Locator, Page } from 'playwright-core'
import { chineseOf, chineseOfPattern } from './chinese.ts'
import { testLanguage } from './language.ts'
import { escaped } from './pattern.ts'

type Words = string | RegExp

/** Windows in which the words of a test are looked up; a window that was given its own language is left alone. */
const translated = new WeakSet<BrowserContext>()
let isTaught = false

/** From here on, what is looked for in this window by its English words is found by the Chinese ones. */
export function speakChinese(page: Page): void {
  translated.add(page.context())
  if (isTaught) return
  isTaught = true
  const pages: Page = Object.getPrototypeOf(page)
  const locators: Locator = Object.getPrototypeOf(page.locator('body'))
  teach(pages, (page) => page.context())
  teach(locators, (locator) => locator.page().context())
  const { filter } = locators
  locators.filter = function (this: Locator, options = {}) {
    if (!translated.has(this.page().context())) return filter.call(this, options)
    const { hasText, hasNotText } = options
    return filter.call(this, {
      ...options,
      ...(hasText === undefined ? {} : { hasText: asked(hasText, false) }),
      ...(hasNotText === undefined ? {} : { hasNotText: asked(hasNotText, false) }),
    })
  }
}

function teach<On extends Page | Locator>(on: On, contextOf: (self: On) => BrowserContext): void {
  const { getByText, getByLabel, getByPlaceholder, getByTitle, getByRole, locator } = on
  const isChinese = (self: On) => translated.has(contextOf(self))
  on.getByText = function (this: On, text, options) {
    return getByText.call(this, isChinese(this) ? asked(text, options?.exact) : text, options)
  }
  on.getByLabel = function (this: On, text, options) {
    return getByLabel.call(this, isChinese(this) ? asked(text, options?.exact) : text, options)
  }
  on.getByPlaceholder = function (this: On, text, options) {
    return getByPlaceholder.call(this, isChinese(this) ? asked(text, options?.exact) : text, options)
  }
  on.getByTitle = function (this: On, text, options) {
    return getByTitle.call(this, isChinese(this) ? asked(text, options?.exact) : text, options)
  }
  on.getByRole = function (this: On, role, options = {}) {
    const { name, exact } = options
    return getByRole.call(this, role, name === undefined || !isChinese(this) ? options : { ...options, name: asked(name, exact) })
  }
  on.locator = function (this: On, selector: never, options: { readonly hasText?: Words } = {}) {
    const { hasText } = options
    return locator.call(
      this,
      selector,
      hasText === undefined || !isChinese(this) ? options : { ...options, hasText: asked(hasText, false) },
    )
  }
}

/** What to look for in place of these words. */
function asked(words: Words, isExact = false): Words {
  if (typeof words === 'string' && own.has(words)) return words
  if (typeof words !== 'string') return chineseOfPattern(words) ?? words
  const chinese = chineseOf(words)
  if (chinese === null) return words
  if (chinese.text !== null) return chinese.text
  const either = chinese.sources.join('|')
  return isExact ? new RegExp(`^\\s*(?:${either})\\s*$`) : new RegExp(either, 'i')
}

/** For reading: `expect(text).toMatch(said('One run moved'))`; several texts in a row, with a space between. */
export function said(...english: readonly string[]): RegExp {
  return new RegExp(english.map(sourceOf).join(' '))
}

/** The same where nothing else may stand before or after it. */
export function onlySaid(...english: readonly string[]): RegExp {
  return new RegExp(`^${english.map(sourceOf).join(' ')}$`)
}

function sourceOf(english: string): string {
  const chinese = testLanguage === 'en' || own.has(english) ? null : chineseOf(english)
  return chinese === null ? escaped(english) : `(?:${chinese.sources.join('|')})`
}

/** For typing: the text itself, such as the name of a command. */
export function word(english: string): string {
  if (testLanguage === 'en') return english
  const text = chineseOf(english)?.text ?? null
  if (text === null) throw new Error(`The product has no one Chinese text for “${english}”`)
  return text
}

const own = new Set<string>()

/** What the test itself wrote in both languages. */
export function inBoth(english: string, chinese: string): string {
  return named(testLanguage === 'en' ? english : chinese)
}

/** Words the test itself gave to something, which the product happens to use too: they stay. */
export function named(words: string): string {
  own.add(words)
  return words
}
