import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page, type Request } from 'playwright-core'
import { browserFlags, ensureBrowser } from '../../server/tools/browser.mjs'
import { apiOf } from './api.ts'
import type { Account, Product } from './product.ts'
import { speakChinese } from './words/index.ts'
import { testLanguage, windowLocale } from './words/language.ts'

/** Where screenshots go to be looked at; set by whoever wants to look. */
const pictures = process.env.SLUICE_SCREENSHOTS ?? null

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: ensureBrowser(), args: [...browserFlags] })
}

/** The browser of this worker, which ends with it. */
let shared: Browser | null = null

/** One for all files of a worker, as starting it costs seconds of work; `close` closes what a file opened in it. */
export async function openBrowser(): Promise<Browser> {
  if (shared?.isConnected() === true) return shared
  const browser = await launchBrowser()
  browser.close = async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
  }
  shared = browser
  return browser
}

/** A window that collects what must never happen: console errors and uncaught exceptions. */
export interface Window {
  readonly page: Page
  readonly context: BrowserContext
  readonly complaints: string[]
}

/** What the pages opened here have asked the server for and not yet got; a stream of news has no end and does not count. */
const underWay = new WeakMap<Page, Set<Request>>()

/** How much a page still waits for from the server. */
export function awaited(page: Page): number {
  return underWay.get(page)?.size ?? 0
}

/** Closing a window in the moment its page loads anew never ends (Playwright 1.65); such a window ends with the browser. */
const closeMsMax = 15_000

/** In the language of this pass, unless the test says which: then its words are taken as they are. */
export async function openWindow(browser: Browser, options: BrowserContextOptions = {}): Promise<Window> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: windowLocale,
    reducedMotion: 'reduce',
    // It fetches the whole shell into every new window, which costs more than most tests; those about being without a network let it.
    serviceWorkers: 'block',
    ...options,
  })
  const close = context.close.bind(context)
  context.close = (how) => Promise.race([close(how), setTimeout(closeMsMax, undefined, { ref: false })])
  const page = await context.newPage()
  if (testLanguage === 'zh-CN' && options.locale === undefined) speakChinese(page)
  const asked = new Set<Request>()
  underWay.set(page, asked)
  page.on('request', (request) => request.resourceType() !== 'eventsource' && asked.add(request))
  page.on('requestfinished', (request) => asked.delete(request))
  page.on('requestfailed', (request) => asked.delete(request))
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return { page, context, complaints }
}

/** Signs in through the form, as a person does. Works in both languages: the fields are found by what they are. */
export async function signIn(page: Page, product: Product, account: Account): Promise<void> {
  await page.goto(`${product.url}/sign-in`)
  await page.locator('input[type="email"], input[name="email"]').fill(account.email)
  await page.locator('input[type="password"]').fill(account.password)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

/**
 * Signs in through the interface and shows nothing yet: the test says where it begins. Drawing the sign-in and the first screen for
 * each window took a fifth of the whole suite.
 */
export async function enter(page: Page, product: Product, { email, password }: Account): Promise<void> {
  await apiOf(page, product).post('/session', { email, password })
}

export async function picture(page: Page, name: string): Promise<void> {
  if (pictures === null) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}
