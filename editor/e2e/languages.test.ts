import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { app as appEn } from '../src/app/locales/en/app.ts'
import { guide as guideEn } from '../src/app/locales/en/guide.ts'
import { en } from '../src/app/locales/en/index.ts'
import { app as appZh } from '../src/app/locales/zh-CN/app.ts'
import { guide as guideZh } from '../src/app/locales/zh-CN/guide.ts'
import { enter, openBrowser, openWindow, picture, signIn } from './browser.ts'
import { addressOf, follow, places } from './places.ts'
import { type Product, startProduct } from './product.ts'

const ids = Object.keys(en)

let product: Product
let browser: Browser
/** Every place, by an address of the demo. */
let addresses: readonly string[] = []

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  const { page, context } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  addresses = await Promise.all(places.map((place) => addressOf(place, page, product)))
  await context.close()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** Every test here brings its own words, of both languages. */
async function open(language: 'en' | 'zh-CN' | 'pseudo', options = {}) {
  const window = await openWindow(browser, { locale: 'en-GB', ...options })
  await window.page.addInitScript((chosen) => {
    if (localStorage.getItem('sluice.language') === null) localStorage.setItem('sluice.language', chosen)
  }, language)
  await signIn(window.page, product, product.account('admin'))
  return window
}

/** Ids of texts that stand where their words should: written, named or in an empty field. */
function idsShown(page: Page): Promise<readonly string[]> {
  return page.evaluate((known) => {
    const said = new Set<string>()
    const add = (text: string | null) => {
      for (const word of (text ?? '').split(/[\s,;:()“”「」]+/)) said.add(word)
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode() !== null) add(walker.currentNode.textContent)
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [aria-roledescription]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-roledescription']) add(element.getAttribute(name))
    return known.filter((id) => said.has(id))
  }, ids)
}

test('T66 the language changes on an open page: nothing is loaded anew, no edit is lost, every word is there', async () => {
  const { page, complaints, context } = await open('en')
  await page.goto(`${product.url}/flows/consent-withdrawn`)
  const inspector = page.getByTestId('inspector')
  await page.locator('[data-step-id][data-node-type="notify.rep"]').click()
  // The template has it in both languages; the reader's own stands first.
  const text = inspector.locator('[data-language="en"] textarea').first()
  await text.fill('Written in English, kept in Chinese')
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  const turn = async (from: typeof appEn | typeof appZh, to: 'en' | 'zh-CN') => {
    await page.getByRole('button', { name: from['app.language'], exact: true }).click()
    await page.getByRole('menuitem', { name: from[`app.language.${to}`] }).click()
    await page.waitForFunction((language) => document.documentElement.lang === language, to)
  }
  // The word just typed is not yet on its way to the server.
  await turn(appEn, 'zh-CN')
  await page.getByRole('button', { name: '发布', exact: true }).waitFor()
  expect(await idsShown(page)).toEqual([])
  await picture(page, 'language-turned')
  expect(await text.inputValue().catch(() => text.innerText())).toBe('Written in English, kept in Chinese')
  const stored = async () => (await page.request.get(`${product.url}/api/v1/flows/consent-withdrawn`)).text()
  await expect.poll(stored).toContain('Written in English, kept in Chinese')
  for (const path of addresses) {
    await follow(page, path)
    expect([path, await idsShown(page)]).toEqual([path, []])
  }
  await turn(appZh, 'en')
  for (const path of addresses) {
    await follow(page, path)
    expect([path, await idsShown(page)]).toEqual([path, []])
  }
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
  expect(complaints).toEqual([])
  await context.close()
})

/** Controls and headings whose own words (in pseudo: in brackets) are cut, hidden beside the window, or run over their box. */
function clipped(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element | null): boolean => {
      for (let up = element?.parentElement ?? null; up !== null; up = up.parentElement) {
        const { overflowX } = getComputedStyle(up)
        if ((overflowX === 'auto' || overflowX === 'scroll') && up.scrollWidth > up.clientWidth) return true
      }
      return false
    }
    // Small or cut away on purpose, or in something that is: said, not shown.
    const isUnseen = (element: Element | null): boolean => {
      for (let up = element; up !== null; up = up.parentElement) {
        const { width, height } = up.getBoundingClientRect()
        if ((width < 2 || height < 2) && (up === element || getComputedStyle(up).overflowX === 'hidden')) return true
      }
      return false
    }
    const cut = new Set<string>()
    for (const control of document.querySelectorAll(
      'button, a[href], [role="tab"], [role="radio"], label, legend, summary, h1, h2, h3, th',
    )) {
      if (!(control instanceof HTMLElement) || !(control.textContent ?? '').includes('⟦') || !control.checkVisibility()) continue
      const box = control.getBoundingClientRect()
      if (isUnseen(control) || (control.closest('thead') !== null && innerWidth < 700)) continue
      const name = `${control.tagName.toLowerCase()} ${(control.textContent ?? '').slice(0, 60)}`
      for (const part of [control, ...control.querySelectorAll<HTMLElement>('*')]) {
        const style = getComputedStyle(part)
        const own = [...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').includes('⟦'))
        if (!own || style.clipPath !== 'none') continue
        if (style.overflowX !== 'visible' && part.scrollWidth > part.clientWidth + 1) cut.add(`cut: ${name}`)
        if (style.overflowX === 'visible' && part.scrollWidth > part.clientWidth + 2 && part.clientWidth > 0) cut.add(`runs over: ${name}`)
      }
      if ((box.right > innerWidth + 1 || box.left < -1) && !scrolls(control)) cut.add(`outside: ${name}`)
    }
    return [...cut]
  })
}

test('T66 words 60 % longer clip no control on any screen, at the desk and on a phone', async () => {
  const { page, complaints, context } = await open('pseudo')
  await page.goto(`${product.url}/settings/profile`)
  const found: string[] = []
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const path of addresses) {
      await follow(page, path)
      await picture(page, `pseudo-${width}${path.replaceAll('/', '-')}`)
      for (const each of await clipped(page)) found.push(`${width} ${path} ${each}`)
    }
  }
  expect(found).toEqual([])
  expect(complaints).toEqual([])
  await context.close()
})

/** What a screen reader would say now: the first line of what has the focus, or of what it points at. */
async function spoken(page: Page): Promise<string> {
  const points = await page.locator(':focus').getAttribute('aria-activedescendant')
  const said: Locator = points === null || points === '' ? page.locator(':focus') : page.locator(`[id="${points}"]`)
  const [line = ''] = (await said.ariaSnapshot()).split('\n')
  // A line that holds a colon stands in quotes.
  return line
    .replace(/^- /, '')
    .replace(/:$/, '')
    .replace(/^'(.*)'$/, '$1')
}

/** The script: what a screen reader says at each stop, and what is announced in between. */
const scripts = [
  {
    language: 'en' as const,
    name: 'Heard',
    hintsOf: guideEn,
    stops: [
      'textbox "Name"',
      'application "Drawing of Heard: 0 steps. Arrow keys walk, A adds a step, O opens the outline."',
      'option "Consent changed Starts the flow when a customer gives or withdraws consent." [selected]',
      'group "Step 1 of 1, Consent changed, When consent is …, 1 output, 2 problems"',
      'option "Mask fields Hides fields before the next steps see them." [selected]',
      'group "Step 2 of 2, Mask fields, Hides …, 1 output, 1 problem"',
      'group "Step 1 of 2, Consent changed, When consent is …, 1 output, 1 problem"',
      'option "Changed out" [selected]',
      'row "2 Mask fields Hides … 1 problem" [level=1]',
      'row "1 Consent changed When consent is … → Mask fields 1 problem" [level=1] [selected]',
    ],
    announced: [
      'Wire “Consent changed”: choose the way out',
      'Wire “Consent changed” · Changed: choose where it leads',
      'Wiring ended.',
      '1 item removed',
      'Undone: Remove',
    ],
  },
  {
    language: 'zh-CN' as const,
    name: '听见',
    hintsOf: guideZh,
    stops: [
      'textbox "名称"',
      'application "听见的画布，共 0 个步骤。方向键移动，A 添加步骤，O 打开大纲。"',
      'option "授权变更 客户给予或撤回授权时启动流程。" [selected]',
      'group "步骤 1，共 1，授权变更，当授权…，1 个输出，2 个问题"',
      'option "字段脱敏 在后续步骤看到之前隐藏指定字段。" [selected]',
      'group "步骤 2，共 2，字段脱敏，隐藏 …，1 个输出，1 个问题"',
      'group "步骤 1，共 2，授权变更，当授权…，1 个输出，1 个问题"',
      'option "已变更 out" [selected]',
      'row "2 字段脱敏 隐藏 … 1 个问题" [level=1]',
      'row "1 授权变更 当授权… → 字段脱敏 1 个问题" [level=1] [selected]',
    ],
    announced: ['连接“授权变更”：选择输出', '连接“授权变更”· 已变更：选择目标', '已退出连线。', '已删除 1 项', '已撤销：删除'],
  },
]

describe.each(scripts)('in $language', ({ language, name, stops, announced, hintsOf }) => {
  test('T68 a flow built by keyboard is heard as the recorded script has it', async () => {
    const { page, complaints, context } = await open(language)
    const { keyboard } = page
    const said: string[] = []
    const hints = Object.values(hintsOf)
    // A hint comes to whoever hesitates; a slow machine does.
    await page.exposeFunction('hear', (text: string) => hints.includes(text) || said.push(text))
    let stop = 0
    /** What has the focus says the next line of the script; its state may come a moment later. */
    const atStop = async () => {
      const line = stops[stop++] ?? ''
      await expect.poll(() => spoken(page)).toBe(line)
    }
    const isAnnounced = (count: number) => expect.poll(() => said).toEqual(announced.slice(0, count))
    await page.goto(`${product.url}/flows?new=1`)
    await page.getByRole('dialog').locator('input:focus').waitFor()
    await atStop()
    await keyboard.type(name)
    await keyboard.press('Enter')
    await page.waitForURL(/\/flows\/[a-z]/)
    const canvas = page.getByTestId('canvas')
    await canvas.and(page.locator(':focus')).waitFor()
    await page.evaluate(() => {
      const region = document.querySelector('[role="status"][aria-live="polite"].visually-hidden')
      const { hear } = window as unknown as { hear: (text: string) => void }
      if (region === null) throw new Error('Nothing is there to announce anything')
      new MutationObserver(() => region.textContent !== '' && hear(region.textContent ?? '')).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      })
    })
    await atStop()
    const add = async (spelling: string, type: string) => {
      await keyboard.press('a')
      const box = page.getByTestId('quick-add')
      await box.locator('input:focus').waitFor()
      await keyboard.type(spelling)
      await box.locator(`[aria-selected="true"][data-node-type="${type}"]`).waitFor()
      await atStop()
      await keyboard.press('Enter')
      await page.locator(`[data-step-id][data-node-type="${type}"]`).waitFor()
      await canvas.and(page.locator(':focus')).waitFor()
      await atStop()
    }
    await add('sqbg', 'consent.changed')
    await add('zdtm', 'masking.mask-fields')
    await keyboard.press('ArrowLeft')
    await atStop()
    // Each stage of wiring is announced, and what is done and undone.
    await keyboard.press('w')
    await page.getByTestId('wire-mode').locator('input:focus').waitFor()
    await atStop()
    await isAnnounced(1)
    await keyboard.press('Enter')
    await isAnnounced(2)
    await keyboard.press('Escape')
    await isAnnounced(3)
    await canvas.and(page.locator(':focus')).waitFor()
    await keyboard.press('Delete')
    await isAnnounced(4)
    await keyboard.press('Control+z')
    await isAnnounced(5)
    // The same steps in the outline.
    await keyboard.press('o')
    await page.getByTestId('outline').locator('tr:focus').waitFor()
    await atStop()
    await keyboard.press('ArrowUp')
    await atStop()
    expect(stop).toBe(stops.length)
    expect(complaints).toEqual([])
    await context.close()
  })
})
