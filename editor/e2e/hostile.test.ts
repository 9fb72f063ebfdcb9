import { connect, createServer, type Socket } from 'node:net'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { largeFlow } from '../bench/large-flow.ts'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture, type Window } from './browser.ts'
import { CanvasDriver } from './canvas-driver.ts'
import { type Product, startProduct } from './product.ts'

let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

interface File {
  readonly name: { readonly en: string }
  readonly nodes: readonly { readonly id: string; readonly type: string; readonly name?: string; readonly at: readonly [number, number] }[]
  readonly edges: readonly unknown[]
  readonly notes?: readonly { readonly text: string }[]
}
interface Desk extends Window {
  readonly canvas: CanvasDriver
  open(key: string, flow?: object): Promise<void>
  stored(key: string): Promise<File>
}

const chain = {
  nodes: [
    { id: 'start', type: 'core.manual', config: {}, at: [0, 8] },
    { id: 'a', type: 'core.transform', name: 'Alpha', config: { value: 1 }, at: [312, 0] },
    { id: 'b', type: 'core.transform', name: 'Beta', config: { value: 2 }, at: [624, 0] },
  ],
  edges: [
    { from: 'start.out', to: 'a.in' },
    { from: 'a.out', to: 'b.in' },
  ],
}

async function desk(language: 'en' | 'zh-CN', url = product.url): Promise<Desk> {
  const isChinese = language === 'zh-CN'
  const window = await openWindow(browser, { locale: isChinese ? 'zh-CN' : 'en-GB', colorScheme: isChinese ? 'dark' : 'light' })
  const { page } = window
  await page.addInitScript((chosen) => localStorage.setItem('sluice.language', chosen), language)
  await enter(page, { ...product, url }, product.account('admin'))
  return {
    ...window,
    canvas: new CanvasDriver(page),
    async open(key, flow = chain) {
      const data = { format: 'sluice/flow@1', key, name: { en: key, 'zh-CN': key }, ...flow }
      await apiOf(page, product).put(`/flows/${key}`, data)
      await page.goto(`${url}/flows/${key}`)
      await page.getByText(isChinese ? '已保存' : 'Saved', { exact: true }).waitFor()
    },
    stored: (key) => apiOf(page, product).get(`/flows/${key}`),
  }
}

/** A line to the product on which everything takes its time, both ways, in its order. */
async function slowLine(to: string, delayMs: number) {
  const sockets = new Set<Socket>()
  const server = createServer((inside) => {
    const outside = connect(Number(new URL(to).port), '127.0.0.1')
    for (const [socket, other] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => setTimeout(() => other.destroy(), delayMs))
      socket.on('data', (chunk) => setTimeout(() => other.write(chunk), delayMs))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
const saved = (page: Page) => page.getByText(/^(Saved|已保存)$/).waitFor({ timeout: 60_000 })

test('five thousand steps come in from a file, are there to be found and changed, and after a reload as well', async () => {
  const { page, canvas, complaints, stored, context } = await desk('en')
  await page.goto(`${product.url}/flows`)
  await page.getByRole('button', { name: 'New flow' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Import a file').click()
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), dialog.getByRole('button', { name: 'Choose a file' }).click()])
  const buffer = Buffer.from(JSON.stringify(largeFlow('five-thousand', 5_000)))
  await chooser.setFiles({ name: 'five-thousand.flow.json', mimeType: 'application/json', buffer })
  await dialog.getByText('5,000 steps').waitFor()
  await picture(page, 'hostile-import')
  await dialog
    .getByRole('button', { name: /Import|Create flow/ })
    .last()
    .click()
  await page.waitForURL('**/flows/five-thousand')
  await page.getByTestId('far-layer').waitFor()
  await page.getByText('5,000 steps', { exact: false }).first().waitFor()
  await saved(page)

  const find = async (name: string, id: string) => {
    await canvas.surface.focus()
    await page.keyboard.press('/')
    await page.locator('input:focus').waitFor()
    await page.keyboard.type(name)
    await page.keyboard.press('Enter')
    await expect.poll(() => canvas.surface.getAttribute('aria-activedescendant')).toBe(`step-${id}`)
  }
  await find('Step 4321', 's4321')
  await page.keyboard.press('d')
  await saved(page)
  await page.reload()
  await page.getByTestId('canvas').locator('[data-step-id], [data-testid="far-layer"]').first().waitFor({ state: 'attached' })
  const file = await stored('five-thousand')
  expect(file.nodes).toHaveLength(5_000)
  expect(file.nodes.filter((node) => 'disabled' in node).map(({ id }) => id)).toEqual(['s4321'])
  await find('Step 4999', 's4999')
  await picture(page, 'hostile-large')
  expect(complaints).toEqual([])
  await context.close()
})

const hostile = [
  '<img src=x onerror="window.__hit=1"><script>window.__hit=1</script>',
  '\u202eevil\u202c كتابة من اليمين שלום',
  '👩‍👩‍👧‍👦🏳️‍🌈 '.repeat(12),
  'W'.repeat(200),
  '{{ nodes.a }} {% 1/0 %} {count, plural, other {#}}',
]

test('names with markup, right to left, emoji and without a space are only text, everywhere and in Chinese too', async () => {
  const { page, canvas, complaints, context } = await desk('zh-CN')
  const api = apiOf(page, product)
  for (const [index, name] of hostile.entries()) {
    const key = `hostile-${index}`
    const data = {
      format: 'sluice/flow@1',
      key,
      name: { en: name, 'zh-CN': name },
      nodes: [
        { id: 'start', type: 'core.manual', name, config: {}, at: [0, 8] },
        { id: 'a', type: 'core.transform', name, config: { value: { [name.slice(0, 60)]: name } }, at: [312, 0] },
      ],
      edges: [{ from: 'start.out', to: 'a.in' }],
      notes: [{ id: 'n', text: name, at: [0, 200] }],
      groups: [{ id: 'g', name, nodes: ['a'], at: [290, -40], size: [260, 150] }],
    }
    await api.save(data)
    await api.post(`/flows/${key}/publish`, { note: name })
  }
  const runs = []
  for (const index of hostile.keys())
    runs.push((await api.post<{ run?: string }>(`/flows/hostile-${index}/runs`, { trigger: 'start', input: {} })).run ?? '')

  const whole = async (where: string) => {
    expect(await page.evaluate(() => '__hit' in globalThis), where).toBe(false)
    expect(await overflow(page), `${where} is wider than the window`).toBeLessThanOrEqual(0)
    const covered = await page.evaluate(() => {
      const [crumbs, tools] = ['header ol', '#topbar-slot'].map((each) => document.querySelector(each)?.getBoundingClientRect())
      return (crumbs?.right ?? 0) - (tools?.left ?? 0)
    })
    expect(covered, `the name covers the tools of ${where}`).toBeLessThanOrEqual(1)
    // In a table nothing leaves its cell.
    const out = await page.evaluate(() =>
      [...document.querySelectorAll('tbody :is(td, th)')]
        .filter((cell) => {
          const end = cell.getBoundingClientRect().right
          return [...cell.querySelectorAll('*')].some((part) => part.getBoundingClientRect().right > end + 1)
        })
        .map((cell) => cell.textContent?.slice(0, 40)),
    )
    expect(out, `words leave their cell on ${where}`).toEqual([])
  }
  await page.goto(`${product.url}/flows`)
  await page.getByText('onerror', { exact: false }).first().waitFor()
  await picture(page, 'hostile-flows')
  await whole('/flows')
  for (const [index, name] of hostile.entries()) {
    await page.goto(`${product.url}/flows/hostile-${index}`)
    await canvas.step('a').getByText(name.trim().slice(0, 6), { exact: false }).first().waitFor()
    await whole(`/flows/hostile-${index}`)
    await picture(page, `hostile-canvas-${index}`)
    if (index % 2 === 1) continue
    await page.goto(`${product.url}/runs/${runs[index]}`)
    await page.getByTestId('replay').waitFor()
    await whole(`/runs of hostile-${index}`)
    await picture(page, `hostile-replay-${index}`)
  }
  for (const path of ['/runs', '/audit']) {
    await page.goto(product.url + path)
    await page.locator('tbody tr').first().waitFor()
    await whole(path)
    await picture(page, `hostile${path.replace('/', '-')}`)
  }

  // On a phone a name without a space wraps: no list, title or dialog runs out of the window.
  const phone = { width: 390, height: 844 }
  await page.setViewportSize(phone)
  const isInside = async (part: Locator) => {
    await part.waitFor()
    const right = () =>
      part.evaluate((node) => {
        const words = document.createRange()
        words.selectNodeContents(node)
        return Math.floor(words.getBoundingClientRect().right)
      })
    await expect.poll(right).toBeLessThanOrEqual(phone.width)
  }
  await page.goto(`${product.url}/runs`)
  await isInside(page.locator('th strong', { hasText: 'WWWW' }).first())
  await page.goto(`${product.url}/runs/${runs[3]}`)
  await isInside(page.locator('h1', { hasText: 'WWWW' }))
  await page.goto(`${product.url}/flows/hostile-3`)
  await canvas.surface.waitFor()
  await canvas.surface.focus()
  await page.keyboard.press('o')
  for (const id of ['start', 'a']) await isInside(page.locator(`[data-outline="${id}"]`))
  await picture(page, 'hostile-phone-outline')
  await page.goto(`${product.url}/flows`)
  await page.getByRole('row').filter({ hasText: 'hostile-3' }).getByRole('button').last().click()
  await page.getByRole('menuitem', { name: '删除' }).click()
  await isInside(page.getByRole('alertdialog').getByRole('button', { name: '删除' }))
  await picture(page, 'hostile-phone-delete')
  await page.keyboard.press('Escape')
  expect(complaints).toEqual([])
  await context.close()
})

test('a name of 10 kB typed or pasted is cut to what fits, in the field itself, and everything is saved', async () => {
  const { page, canvas, complaints, stored, open, context } = await desk('en')
  await open('ten-kilobytes')
  const long = 'long name '.repeat(1_000)
  await canvas.step('a').dblclick()
  await page.getByTestId('step-rename').waitFor()
  await page.keyboard.insertText(long)
  await page.keyboard.press('Enter')
  await page.keyboard.press('n')
  await page.locator('[data-note-id] textarea').last().click()
  await page.keyboard.insertText(long.repeat(2))
  await saved(page)
  await picture(page, 'hostile-long')
  const name = (await stored('ten-kilobytes')).nodes.find(({ id }) => id === 'a')?.name ?? ''
  expect(long.startsWith(name) && name.length > 50).toBe(true)
  expect((await stored('ten-kilobytes')).notes?.map(({ text }) => text.length)).toEqual([10_000])
  await canvas.surface.focus()
  await page.keyboard.press('Escape')
  await page.getByLabel('Name in English').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(long)
  await page.keyboard.press('Tab')
  await saved(page)
  const flow = (await stored('ten-kilobytes')).name.en
  expect(long.startsWith(flow) && flow.length > 50).toBe(true)
  await page.reload()
  await canvas.step('a').getByText('long name').first().waitFor()
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  expect(complaints).toEqual([])
  await context.close()
})

test('rubbish on the clipboard changes nothing, says so, and the page goes on', async () => {
  const { page, canvas, complaints, stored, open, context } = await desk('zh-CN')
  await open('rubbish')
  const before = await stored('rubbish')
  const flow = (more: object) => JSON.stringify({ format: 'sluice/flow@1', key: 'x', name: 'x', nodes: [], edges: [], ...more })
  const rubbish = [
    '\u0000\u0001\ufffd\ud83d binary \u001b[31m',
    '<html><body onload="window.__hit=1">hello</body></html>',
    'null',
    '42',
    '"text"',
    '[1, 2, 3]',
    '{"__proto__": {"polluted": true}}',
    '['.repeat(100_000),
    `{"a":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_001)}`,
    flow({}).slice(0, -3),
    flow({ nodes: [{ id: 'a', type: 'core.transform' }], edges: [{ from: 'a.out', to: 'gone.in' }] }),
    flow({ nodes: Array.from({ length: 10_001 }, (_, index) => ({ id: `n${index}`, type: 'core.transform' })) }),
    flow({ format: 'sluice/flow@99' }),
    'A'.repeat(2_000_000),
  ]
  for (const [index, text] of rubbish.entries()) {
    const told = await page.getByRole('button', { name: '关闭' }).count()
    for (let left = told; left > 0; left--) await page.getByRole('button', { name: '关闭' }).first().click()
    await canvas.surface.evaluate((element, data) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', data)
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, text)
    await page
      .getByText('无法粘贴到这里')
      .first()
      .waitFor()
      .catch(() => {
        throw new Error(`Nothing was said about rubbish ${index}: ${text.slice(0, 60)}`)
      })
  }
  await picture(page, 'hostile-rubbish')
  expect(await stored('rubbish')).toEqual(before)
  expect(await page.evaluate(() => ['__hit', 'polluted'].some((name) => name in globalThis || name in {}))).toBe(false)
  await canvas.step('a').click()
  await page.keyboard.press('d')
  await saved(page)
  await expect.poll(async () => JSON.stringify(await stored('rubbish'))).toContain('"disabled"')
  expect(complaints).toEqual([])
  await context.close()
})

test('a reload in the middle of a drag leaves the step where it was, with nothing to save, in Chinese too', async () => {
  const { page, canvas, complaints, stored, open, context } = await desk('zh-CN')
  await open('mid-drag')
  const box = await canvas.step('b').boundingBox()
  const at = { x: (box?.x ?? 0) + 30, y: (box?.y ?? 0) + 20 }
  await page.mouse.move(at.x, at.y)
  await page.mouse.down()
  await page.mouse.move(at.x + 60, at.y + 70, { steps: 5 })
  await page.reload()
  await page.mouse.up()
  await canvas.step('b').waitFor()
  await saved(page)
  expect((await stored('mid-drag')).nodes.map(({ at: place }) => place)).toEqual(chain.nodes.map(({ at: place }) => place))
  await expect.poll(() => page.getByRole('button', { name: /^撤销/ }).isDisabled()).toBe(true)
  expect(await page.getByTestId('recover').count()).toBe(0)
  expect(complaints).toEqual([])
  await context.close()
})

test('on a slow line every change is kept, said to be on its way, and is there after a reload that did not wait for it', async () => {
  const line = await slowLine(product.url, 250)
  const { page, canvas, complaints, stored, open, context } = await desk('en', line.url)
  await open('slow')
  await canvas.step('a').click()
  await page.keyboard.press('d')
  await page.getByText(/^(Saving soon|Saving…)$/).waitFor()
  await canvas.step('b').dblclick()
  await page.keyboard.type('Typed on a slow line')
  await page.keyboard.press('Enter')
  await page.keyboard.press('n')
  await saved(page)
  await expect.poll(async () => (await stored('slow')).nodes.map(({ name }) => name), { timeout: 20_000 }).toContain('Typed on a slow line')

  await canvas.step('b').dblclick()
  await page.keyboard.type('Not waited for')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(100)
  await page.reload()
  await canvas.step('b').waitFor()
  const isThere = canvas.step('b').getByText('Not waited for').first()
  const isOffered = page.getByTestId('recover')
  await isThere.or(isOffered).first().waitFor()
  if (await isOffered.isVisible()) await isOffered.getByRole('button', { name: 'Restore it' }).click()
  await isThere.waitFor()
  await saved(page)
  await expect.poll(async () => (await stored('slow')).nodes.map(({ name }) => name), { timeout: 20_000 }).toContain('Not waited for')
  expect(complaints).toEqual([])
  await context.close()
  line.close()
})

test('while the server restarts, screens say that it cannot be reached, and go on when it is back', async () => {
  const { page, canvas, complaints, stored, open, context } = await desk('en')
  await open('restarted')
  await canvas.step('a').waitFor()
  // All parts that follow by themselves are here: a page that is still being fetched is another matter.
  await page.waitForFunction(() => {
    const parts = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/assets/'))
    return performance.now() - Math.max(...parts.map((part) => (part as PerformanceResourceTiming).responseEnd)) > 1_500
  })
  await product.restart(async () => {
    await canvas.step('a').click()
    await page.keyboard.press('d')
    await page
      .getByText(/Offline ·|changes? kept here/)
      .first()
      .waitFor({ timeout: 60_000 })
    await picture(page, 'hostile-restart-canvas')
  })
  await saved(page)
  await expect.poll(async () => JSON.stringify(await stored('restarted')), { timeout: 30_000 }).toContain('"disabled"')
  await product.restart(async () => {
    await page.getByRole('link', { name: 'Customers' }).first().click()
    await page.getByText('The server cannot be reached.', { exact: false }).first().waitFor({ timeout: 60_000 })
    await picture(page, 'hostile-restart-list')
  })
  await page
    .getByRole('button', { name: /Try again|Retry/ })
    .first()
    .click()
  await page.locator('tbody tr').first().waitFor()
  // What the network itself writes into the console while nobody answers is no complaint of ours.
  expect(
    complaints.filter(
      (text) =>
        !/ERR_CONNECTION|ERR_FAILED|ERR_EMPTY_RESPONSE|Unable to preload|dynamically imported|WebSocket connection|fetching the script|50[23]/.test(
          text,
        ),
    ),
  ).toEqual([])
  await context.close()
})
