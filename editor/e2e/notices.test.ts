import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture, type Window } from './browser.ts'
import { CanvasDriver } from './canvas-driver.ts'
import { type Product, startProduct } from './product.ts'
import { onlySaid, said } from './words/index.ts'

let product: Product
let browser: Browser
let ann: Window
let bo: Window
let count = 0

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  ;[ann, bo] = await Promise.all([openWindow(browser), openWindow(browser)])
  await enter(ann.page, product, product.account('admin'))
  await enter(bo.page, product, product.account('analyst'))
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

async function newFlow(): Promise<string> {
  count += 1
  const key = `notices-${count}`
  const data = {
    format: 'sluice/flow@1',
    key,
    name: 'Quote',
    nodes: [
      { id: 'start', type: 'core.event', config: { type: 'com.example.lead' }, at: [0, 0] },
      { id: 'shape', type: 'core.transform', name: 'Shape', config: { value: '{% input.a + 1 %}' }, at: [320, 0] },
    ],
    edges: [{ from: 'start.out', to: 'shape.in' }],
  }
  await apiOf(ann.page, product).put(`/flows/${key}`, data)
  return key
}

async function both(): Promise<string> {
  const key = await newFlow()
  await Promise.all([ann, bo].map(({ page }) => page.goto(`${product.url}/flows/${key}`)))
  await Promise.all([ann, bo].map(({ page }) => page.getByTestId('people').waitFor()))
  return key
}

const nameOf = async ({ page }: Window) => (await apiOf(page, product).get<{ user: { name: string } }>('/session')).user.name

test('who is named in a comment sees it at the bell, wherever they are, and is led to what was said', async () => {
  const key = await newFlow()
  const name = await nameOf(bo)
  await bo.page.goto(`${product.url}/runs`)
  await ann.page.goto(`${product.url}/flows/${key}`)
  await new CanvasDriver(ann.page).step('shape').click()
  await ann.page.keyboard.press('m')
  const words = ann.page.getByTestId('comments').getByRole('textbox')
  await words.pressSequentially(`Is this right, @${name.slice(0, 3)}`)
  const names = ann.page.getByTestId('names')
  await names.getByRole('option', { name }).waitFor()
  await picture(ann.page, 'mention-names')
  await ann.page.keyboard.press('Enter')
  await expect.poll(() => words.inputValue()).toBe(`Is this right, @${name} `)
  await ann.page.keyboard.press('Enter')
  await ann.page
    .getByTestId('comments')
    .locator('b', { hasText: `@${name}` })
    .waitFor()

  const bell = bo.page.getByTestId('notices-bell')
  await expect.poll(() => bell.getAttribute('aria-label')).toMatch(onlySaid('Notices: 1 unread'))
  await bell.click()
  const notice = bo.page.getByTestId('notices').locator('[data-kind=mention]')
  await notice.getByText(`Is this right, @${name}`).waitFor()
  await picture(bo.page, 'notices')
  await notice.click()
  await bo.page.locator('[data-thread]').getByText('Is this right').waitFor()
  await expect.poll(() => new URL(bo.page.url()).pathname).toBe(`/flows/${key}`)
  await expect.poll(() => bo.page.getByTestId('notices-bell').getAttribute('aria-label')).toMatch(onlySaid('Notices'))
  expect([...ann.complaints, ...bo.complaints]).toEqual([])
})

test('a long text somebody works on in the large editor is theirs until they leave it', async () => {
  await both()
  for (const window of [ann, bo]) await new CanvasDriver(window.page).step('shape').click()
  const fieldOf = ({ page }: Window) => page.locator('.react-flow__panel, main').locator('[data-field=value]').first()
  await fieldOf(ann).getByRole('button', { name: 'Open the large editor' }).click()
  const dialog = ann.page.getByTestId('expression-dialog')
  await dialog.locator('.monaco-editor, textarea').first().click()
  const theirs = fieldOf(bo)
  await expect.poll(() => theirs.getAttribute('data-edited-by')).toMatch(said('is editing this'))
  await expect
    .poll(() =>
      theirs
        .locator('textarea')
        .first()
        .evaluate((text) => (text as HTMLTextAreaElement).readOnly),
    )
    .toBe(true)
  await expect.poll(() => theirs.getByRole('button', { name: 'Open the large editor' }).isDisabled()).toBe(true)
  await picture(bo.page, 'field-lent')
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  await new CanvasDriver(ann.page).step('start').click()
  await expect
    .poll(() =>
      theirs
        .locator('textarea')
        .first()
        .evaluate((text) => (text as HTMLTextAreaElement).readOnly),
    )
    .toBe(false)
  await expect.poll(() => theirs.getByRole('button', { name: 'Open the large editor' }).isDisabled()).toBe(false)
})

test('what was lost in a merge is still there after a reload, until it is decided', async () => {
  const key = await both()
  const rename = async ({ page }: Window, name: string) => {
    await new CanvasDriver(page).step('shape').dblclick()
    await page.locator('[data-step-id="shape"] input').fill(name)
    await page.keyboard.press('Enter')
  }
  await rename(ann, 'Ann’s name')
  await expect.poll(() => new CanvasDriver(bo.page).step('shape').innerText()).toContain('Ann’s name')
  await rename(bo, 'Bo’s name')
  await ann.page.getByTestId('losses').getByText('Ann’s name', { exact: true }).waitFor()
  await ann.page.reload()
  const loss = ann.page.getByTestId('losses')
  await loss.getByText('Ann’s name', { exact: true }).waitFor()
  await loss.getByRole('button', { name: 'Put mine back' }).click()
  const stored = () => apiOf(ann.page, product).get<{ nodes: { name?: string }[] }>(`/flows/${key}`)
  await expect.poll(async () => (await stored()).nodes[1]?.name).toBe('Ann’s name')
  await ann.page.reload()
  await ann.page.getByTestId('people').waitFor()
  await expect.poll(() => ann.page.getByTestId('losses').count()).toBe(0)
  expect([...ann.complaints, ...bo.complaints]).toEqual([])
})
