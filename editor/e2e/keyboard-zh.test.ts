import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openWindow, picture } from './browser.ts'
import { CanvasDriver } from './canvas-driver.ts'
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

test('用键盘画出撤回流程：不碰鼠标，用拼音找步骤，发布、发送事件、看到步骤点亮并回放', async () => {
  const { page, complaints } = await openWindow(browser, { locale: 'zh-CN' })
  const { keyboard } = page
  const canvas = new CanvasDriver(page)
  const { email, password } = product.account('admin')

  await page.goto(`${product.url}/sign-in`)
  await page.locator('input:focus').waitFor()
  await keyboard.type(email)
  await keyboard.press('Tab')
  await keyboard.type(password)
  await keyboard.press('Enter')
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  // 地址先变，页面的外壳随后才到，键盘命令跟着它来。
  await page.getByRole('navigation').first().waitFor()

  await choose(page, '新建流程')
  await page.getByRole('dialog').locator('input:focus').waitFor()
  await keyboard.type('键盘撤回流程')
  await keyboard.press('Enter')
  await page.waitForURL(/\/flows\/.+/)
  await canvas.surface.and(page.locator(':focus')).waitFor()

  // 拼音首字母、全拼都能找到步骤；每一步都接在上一步之后。
  await add(page, canvas, 'sqbg', 'consent.changed')
  await keyboard.press('Enter')
  await page.getByTestId('inspector').locator('button:focus').waitFor()
  await keyboard.press('Enter')
  await page.getByRole('option', { name: '撤回授权' }).waitFor()
  await keyboard.press('Enter')
  await page.getByRole('option', { name: '撤回授权' }).waitFor({ state: 'detached' })
  await back(page, canvas)

  await add(page, canvas, 'zdtm', 'masking.mask-fields')
  await keyboard.press('Enter')
  await page.getByTestId('inspector').locator('input:focus').waitFor()
  await keyboard.type('mobile')
  await keyboard.press('Enter')
  await page.getByTestId('inspector').getByText('手机号').waitFor()
  await back(page, canvas)

  await add(page, canvas, 'tongzhixiaoshou', 'notify.rep')
  await keyboard.press('Enter')
  await page.getByTestId('inspector').locator('textarea:focus, input:focus, [contenteditable]:focus').waitFor()
  await keyboard.type('客户撤回了授权，请勿再提报价。')
  await back(page, canvas)

  await add(page, canvas, 'cxsccl', 'ai.strategy')
  await expect.poll(() => page.locator('[data-edge]').count()).toBe(3)
  await page.getByRole('button', { name: '无问题' }).waitFor()
  // 1：整条流程都在视野里。
  await keyboard.press('1')

  await choose(page, '发布')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('修改说明').waitFor()
  await picture(page, 'e2e-zh-publish')
  await dialog.getByText('未发现问题').waitFor()
  await tabTo(page, '发布')
  await keyboard.press('Enter')
  await dialog.getByText('版本 1 已生效').waitFor()
  await picture(page, 'e2e-zh-published')
  await tabTo(page, '发送测试事件')
  await keyboard.press('Enter')
  // 授权事件只能来自真实的授权变更：选一位客户，真的撤回。
  await tabTo(page, '客户')
  await keyboard.type('李雷')
  await page.getByRole('option', { name: /李雷/ }).waitFor()
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await picture(page, 'e2e-zh-withdraw')
  await tabTo(page, '撤回授权')
  await keyboard.press('Enter')

  for (const type of ['consent.changed', 'masking.mask-fields', 'notify.rep', 'ai.strategy'])
    await canvas.surface.locator(`[data-node-type="${type}"][data-state="done"]`).waitFor()
  await picture(page, 'e2e-zh-live')

  await choose(page, '运行记录')
  await page.waitForURL('**/runs')
  await tabTo(page, null, 'tbody a, tbody tr, [role="row"]')
  await keyboard.press('Enter')
  await page.waitForURL('**/runs/*')
  await page.getByTestId('replay').waitFor()
  await page.getByText('第 5 步，共 5 步').first().waitFor()
  await tabTo(page, null, 'input[type="range"]')
  await keyboard.press('ArrowLeft')
  await page.getByText('第 4 步，共 5 步').first().waitFor()
  await picture(page, 'e2e-zh-replay')

  expect(complaints).toEqual([])
})

/** 命令面板：Ctrl K，输入，回车。 */
async function choose(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').locator('input:focus').waitFor()
  await page.keyboard.type(words)
  // 不等列表：最后一个字之后马上回车，执行的也是全部字找到的那一项。
  await page.keyboard.press('Enter')
}

/** 快速添加：A，拼音，回车；焦点回到画布。 */
async function add(page: Page, canvas: CanvasDriver, spelling: string, type: string): Promise<void> {
  await page.keyboard.press('a')
  const box = page.getByTestId('quick-add')
  await box.locator('input:focus').waitFor()
  await page.keyboard.type(spelling)
  await box.locator(`[data-node-type="${type}"]`).first().waitFor()
  await page.keyboard.press('Enter')
  await canvas.stepOfType(type).waitFor()
  await canvas.surface.and(page.locator(':focus')).waitFor()
}

async function back(page: Page, canvas: CanvasDriver): Promise<void> {
  await page.keyboard.press('Escape')
  await canvas.surface.and(page.locator(':focus')).waitFor()
}

/** Tab 直到焦点落在写着这些字（或标签为这些字）、或符合这个选择器的地方。 */
async function tabTo(page: Page, words: string | null, selector?: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(
      ([text, css]) => {
        const active = document.activeElement
        if (active === null) return false
        if (css !== undefined) return active.matches(css)
        const label = 'labels' in active ? (active as HTMLInputElement).labels?.[0]?.textContent : undefined
        return (label ?? active.textContent ?? '').trim() === text
      },
      [words, selector] as const,
    )
    if (found) return
  }
  throw new Error(`Tab never reached ${words ?? selector}`)
}
