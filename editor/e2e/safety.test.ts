import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { addressOf, follow, places } from './places.ts'
import { type Product, startProduct } from './product.ts'

let product: Product
let browser: Browser

const markup = '<b>bold</b><img src=x onerror="window.isHacked=1"><svg onload="window.isHacked=1">'
const flow = {
  format: 'sluice/flow@1',
  key: 'markup',
  name: { en: `Markup ${markup}`, 'zh-CN': `标记 ${markup}` },
  nodes: [
    { id: 'start', type: 'core.manual', name: markup, config: { input: {} }, at: [0, 0] },
    { id: 'pass', type: 'core.transform', name: markup, config: { value: '{% {"said": input.said} %}' }, at: [280, 0] },
    { id: 'wait', type: 'core.wait', config: { for: 'P1D' }, at: [560, 0] },
  ],
  edges: [
    { from: 'start.out', to: 'pass.in' },
    { from: 'pass.out', to: 'wait.in' },
  ],
}
let run = ''

const hostilePicture = [
  '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="24" height="24" onload="parent.isHacked=1">',
  '<script>parent.isHacked = 1; top.isHacked = 1</script>',
  '<style>@import url(https://elsewhere.example/a.css); line { fill: url(https://elsewhere.example/b.svg#c) }</style>',
  '<a href="javascript:parent.isHacked=1"><rect id="from-picture" width="24" height="24" fill="crimson" onclick="parent.isHacked=1"/></a>',
  '<image href="https://elsewhere.example/d.png" width="4" height="4"/><use xlink:href="https://elsewhere.example/e.svg#f"/>',
  '<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="https://elsewhere.example/g"/></body></foreignObject>',
  '</svg>',
].join('')

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  const { page, context } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const api = apiOf(page, product)
  await api.publish(flow)
  ;({ run } = await api.post<{ run: string }>('/flows/markup/runs', { trigger: 'start', input: { said: markup } }))
  await context.close()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** The page is built with its packs: a step of one of them gets a picture here, as its author might have written it. */
async function givePicture(page: Page, svg: string): Promise<void> {
  await page.route('**/assets/catalogue-*.js', async (route) => {
    const answer = await route.fetch()
    const code = await answer.text()
    await route.fulfill({ response: answer, body: code.replace('type:`core.transform`,version:', `picture:${JSON.stringify(svg)},$&`) })
  })
}

const languages = [
  { language: 'en', options: { locale: 'en-GB' } },
  { language: 'zh-CN', options: { locale: 'zh-CN', colorScheme: 'dark' } },
] as const

describe.each(languages)('in $language', ({ language, options }) => {
  const open = async (more: object = {}) => {
    const window = await openWindow(browser, { ...options, ...more })
    await window.page.addInitScript((chosen) => {
      localStorage.setItem('sluice.language', chosen)
      const broken: string[] = []
      Object.assign(window, { broken })
      document.addEventListener('securitypolicyviolation', (event) => broken.push(`${event.violatedDirective} ${event.blockedURI}`))
    }, language)
    await enter(window.page, product, product.account('admin'))
    return window
  }

  test('T71 names with markup are only text, and a script that got into the page does not run', async () => {
    const { page, complaints, context } = await open()
    const isOnlyText = async () => {
      expect(
        await page.evaluate(() => ['isHacked' in window, document.querySelectorAll('#root img, #root b b, svg[onload]').length]),
      ).toEqual([false, 0])
      expect(await page.evaluate(() => (window as unknown as { broken: string[] }).broken)).toEqual([])
    }
    const answer = await page.goto(`${product.url}/flows/markup`)
    const policy = new Map(
      (answer?.headers()['content-security-policy'] ?? '')
        .split('; ')
        .map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]),
    )
    expect([policy.get('default-src'), policy.get('script-src'), policy.get('worker-src'), policy.get('object-src')]).toEqual([
      "'self'",
      "'self'",
      "'self'",
      "'none'",
    ])
    const step = page.locator('[data-step-id="pass"]')
    await step.getByText('<img src=x', { exact: false }).first().waitFor()
    // A script that got into the page all the same does not run.
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.isHacked = 1'
      document.body.append(script)
      script.remove()
    })
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { broken: string[] }).broken.splice(0)))
      .toEqual(['script-src-elem inline'])
    await step.click()
    await page.getByTestId('inspector').getByTestId('config-form').waitFor()
    await isOnlyText()
    await picture(page, `markup-canvas-${language}`)
    for (const path of ['/flows', '/runs', `/runs/${run}`, '/flows/markup/diff']) {
      await page.goto(product.url + path)
      await page.locator('#main h1').waitFor()
      await isOnlyText()
    }
    expect(complaints.filter((each) => !each.includes('inline script'))).toEqual([])
    await context.close()
  })

  test('T71 the picture that a step type brings is shown as an image, whatever else is in it', async () => {
    const { page, complaints, context } = await open()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await givePicture(page, hostilePicture)
    await page.goto(`${product.url}/flows/markup`)
    const onCard = page.locator('[data-step-id="pass"] img')
    await onCard.waitFor()
    await page.locator('[data-step-id="pass"]').click()
    const inSight = [
      onCard,
      page.getByTestId('palette').locator('[data-node-type="core.transform"] img'),
      page.getByTestId('inspector').locator('img'),
    ]
    for (const image of inSight) {
      await image.first().scrollIntoViewIfNeeded()
      // Drawn: the browser knows its size, which it does not of a picture it cannot read.
      await expect.poll(() => image.first().evaluate((each: HTMLImageElement) => each.complete && each.naturalWidth)).toBe(24)
      expect(await image.first().getAttribute('src')).toMatch(/^data:image\/svg\+xml,[^<>"]*$/)
    }
    const inPage = () =>
      page.evaluate(() => [
        'isHacked' in window,
        document.querySelectorAll('#from-picture, svg[onload], foreignObject, a[href^="javascript"]').length,
        (window as unknown as { broken: string[] }).broken,
      ])
    // Pressed where the picture has a link and a handler.
    await onCard.click({ force: true })
    expect(await inPage()).toEqual([false, 0, []])
    expect(asked.filter((url) => url.includes('elsewhere.example'))).toEqual([])
    await picture(page, `step-picture-${language}`)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('a picture that cannot be read is no hole in the drawing: the icon is there', async () => {
    const { page, complaints, context } = await open()
    await givePicture(page, '<svg xmlns="http://www.w3.org/2000/svg"><path></svg>')
    await page.goto(`${product.url}/flows/markup`)
    await page.locator('[data-step-id="pass"] svg.lucide').first().waitFor()
    await expect.poll(() => page.locator('[data-step-id="pass"] img').count()).toBe(0)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('T70 whoever asks for less motion gets none: nothing moves, nothing fades', async () => {
    const moving = (page: Page) =>
      page.evaluate(() => {
        const slow = (list: string) => list.split(',').some((each) => Number.parseFloat(each) > 0)
        const all = [...document.querySelectorAll('*')].flatMap((element) =>
          [null, '::before', '::after'].map((part) => getComputedStyle(element, part)),
        )
        return {
          transitions: all.filter((style) => style.transitionProperty !== 'none' && slow(style.transitionDuration)).length,
          animations: document.getAnimations().filter(({ playState }) => playState === 'running').length,
        }
      })
    const still = await open()
    const addresses = await Promise.all(places.map((place) => addressOf(place, still.page, product)))
    await still.page.goto(`${product.url}/settings/profile`)
    // The last two: a run that waits, on the drawing and replayed.
    for (const path of [...addresses, '/flows/markup', `/runs/${run}`]) {
      await follow(still.page, path)
      await still.page.locator('#main').locator('h1, [data-testid="canvas"]').first().waitFor()
      expect([path, await moving(still.page)]).toEqual([path, { transitions: 0, animations: 0 }])
    }
    // A dialog that opens: still nothing moves.
    await still.page.keyboard.press('Control+k')
    await still.page.getByRole('dialog').locator('input:focus').waitFor()
    expect(await moving(still.page)).toEqual({ transitions: 0, animations: 0 })
    expect(still.complaints).toEqual([])
    await still.context.close()
    // Who asks for nothing has transitions: what was counted above can be seen.
    const lively = await open({ reducedMotion: 'no-preference' })
    await lively.page.goto(`${product.url}/flows`)
    await lively.page.locator('#main h1').waitFor()
    await expect.poll(async () => (await moving(lively.page)).transitions).toBeGreaterThan(0)
    await lively.context.close()
  })
})
