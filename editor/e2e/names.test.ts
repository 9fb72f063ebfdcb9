import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { type Product, startProduct } from './product.ts'

let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct('zh_CN'), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('a flow named in Chinese gets a key that can be read, and is found by its pinyin and its initials', async () => {
  const { page, complaints } = await openWindow(browser, { locale: 'zh-CN' })
  await enter(page, product, product.account('analyst'))
  await page.goto(`${product.url}/flows?new=1`)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').first().fill('重庆客户回访')
  await dialog.locator('input[value="chong-qing-ke-hu-hui-fang"]').waitFor()
  await picture(page, 'e2e-key-in-pinyin')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/flows/chong-qing-ke-hu-hui-fang')
  await page.getByTestId('canvas').waitFor()

  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog')
  await palette.getByRole('searchbox').fill('cqkh')
  await palette.getByRole('menuitem', { name: '重庆客户回访' }).waitFor()
  await picture(page, 'e2e-palette-pinyin')
  // 面板下方写着 Esc 关闭：一次就关，不是先清空。
  await page.keyboard.press('Escape')
  await palette.waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
  await page.context().close()
})

test('beside its name a flow says which version is live and whether its draft is that version', async () => {
  const { page, complaints } = await openWindow(browser, { locale: 'zh-CN' })
  await enter(page, product, product.account('admin'))
  const flow = {
    format: 'sluice/flow@1',
    key: 'badge',
    name: '徽标',
    nodes: [
      { id: 'on', type: 'core.event', config: { type: 'lead.created' }, at: [0, 0] },
      { id: 'shape', type: 'core.transform', config: { value: '{% event.data.a.b + 1 %}' }, at: [260, 0] },
    ],
    edges: [{ from: 'on.out', to: 'shape.in' }],
    groups: [],
    notes: [],
    settings: {},
    parameters: {},
  }
  const api = apiOf(page, product)
  await api.save(flow)
  await page.goto(`${product.url}/flows/badge`)
  const head = page.getByRole('banner')
  await head.getByText('草稿', { exact: true }).waitFor()
  await api.publish(flow)
  await page.reload()
  await head.getByText('v1 生效中', { exact: true }).waitFor()
  await page.locator('[data-step-id=shape]').first().click()
  await page.keyboard.press('Alt+ArrowRight')
  const asked = page.waitForResponse((answer) => answer.url().includes('/flows/badge/status'))
  await page.evaluate(() => {
    const seen: string[] = []
    Object.assign(window, { seen })
    new MutationObserver(() => seen.push(document.querySelector('header')?.textContent ?? '')).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    })
  })
  await page.keyboard.press('Delete')
  await head.getByText('v1 生效中，草稿有改动', { exact: true }).waitFor()
  // From the first change to the server's word on it, it never says in between that all is as it was.
  await (await asked).finished()
  await head.getByText('v1 生效中，草稿有改动', { exact: true }).waitFor()
  const said = await page.evaluate(() => (window as unknown as { readonly seen: readonly string[] }).seen)
  const first = said.findIndex((text) => text.includes('草稿有改动'))
  expect(first).toBeGreaterThan(-1)
  expect(said.slice(first).filter((text) => !text.includes('草稿有改动'))).toEqual([])
  await picture(page, 'e2e-badge')
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('Control+z')
  await page.locator('[data-step-id=shape]').first().waitFor()
  expect(complaints).toEqual([])

  // What failed is told in the reader's language, in the list of runs and in the replay.
  const run = await api.send({ type: 'lead.created', data: { a: { b: 'x' } } }, 2_000)
  await page.goto(`${product.url}/runs/${run}`)
  const why = page.getByTestId('error-text').first()
  await why.getByText('SLU_EXPRESSION_FAILED').waitFor()
  expect(await why.innerText()).toMatch(/^「取值」：.*[\u4e00-\u9fff]/)
  await picture(page, 'e2e-error-zh')
  await page.goto(`${product.url}/runs`)
  await page.locator('[title^=SLU_EXPRESSION_FAILED]').first().waitFor()
  await picture(page, 'e2e-runs-error-zh')
  expect(complaints).toEqual([])
  await page.context().close()
})
