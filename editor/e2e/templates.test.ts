import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { type Product, startProduct } from './product.ts'
import { inBoth } from './words/index.ts'

let product: Product
let browser: Browser

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const waitAndSay = inBoth('Wait and say', '等待并回复')
const ourWait = inBoth('Our wait', '我们的等待')
const wordsToSay = inBoth('Words to say', '回复内容')

const source = (due: string) => ({
  format: 'sluice/flow@1',
  key: 'template-source',
  name: { en: 'Wait and say', 'zh-CN': '等待并回复' },
  description: { en: 'A reply never comes before the wait is over.', 'zh-CN': '等待结束前绝不回复。' },
  nodes: [
    { id: 'start', type: 'core.manual', config: {}, at: [0, 0] },
    { id: 'pause', type: 'core.wait', name: 'Pause', config: { for: due }, at: [260, 0] },
    { id: 'say', type: 'core.transform', name: 'Words', config: { value: 'Hello' }, at: [520, 0] },
  ],
  edges: [
    { from: 'start.out', to: 'pause.in' },
    { from: 'pause.out', to: 'say.in' },
  ],
})
interface Copy {
  readonly key: string
  readonly nodes: readonly { readonly id: string; readonly config: unknown }[]
}

const parameters = {
  properties: {
    words: {
      type: 'string',
      minLength: 1,
      title: 'Words',
      'x-title': { en: 'Words to say', 'zh-CN': '回复内容' },
      'x-at': ['/nodes/say/config/value'],
    },
  },
  required: ['words'],
}

test('a template asks its parameters, opens on sample data, and a newer version is merged with a choice for what both changed (T55)', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const api = apiOf(page, product)
  const publish = async (due: string, note: string) => {
    const flow = source(due)
    await api.save(flow)
    const { name, description } = flow
    await api.put('/templates/wait-and-say', { flow: 'template-source', name, description, parameters, note })
  }
  await publish('P1D', '')
  await page.goto(`${product.url}/templates`)
  const card = page.locator('[data-template="wait-and-say"]')
  await card.waitFor()
  await page.locator('[data-template="price-too-high"] [data-testid="needs"]').getByText('AI model', { exact: false }).waitFor()
  await picture(page, 'e2e-templates')
  await card.getByRole('button', { name: 'Install' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Install and try it' }).click()
  await expect.poll(() => dialog.isVisible()).toBe(true)
  await dialog.getByLabel(wordsToSay).fill('Good day')
  await dialog.getByLabel('Id').fill('my-copy')
  await picture(page, 'e2e-template-install')
  await dialog.getByRole('button', { name: 'Install and try it' }).click()
  await page.getByTestId('simulate').waitFor()
  await page.locator('[data-step-id="say"]').waitFor()
  const copy = await api.get<Copy>('/flows/my-copy')
  expect(copy.nodes[2]?.config).toEqual({ value: 'Good day' })
  await picture(page, 'e2e-template-copy')

  const nodes = copy.nodes.map((node) => (node.id === 'pause' ? { ...node, config: { for: 'PT2H' } } : node))
  await api.save({ ...copy, nodes })
  await publish('P3D', 'A longer wait')
  await page.goto(`${product.url}/flows/my-copy`)
  await page.getByTestId('template-newer').getByRole('button').click()
  const upgrade = page.getByTestId('upgrade')
  await upgrade.getByText('A longer wait', { exact: false }).waitFor()
  const submit = page.getByRole('dialog').getByRole('button', { name: 'Bring it in' })
  await expect.poll(() => submit.isDisabled()).toBe(true)
  // What both chose is told as people say it: “P3D” and “PT2H” are words of the file.
  await expect.poll(() => upgrade.locator('[data-conflict="/nodes/pause/config/for"]').innerText()).not.toMatch(/P3D|PT2H/)
  await upgrade.locator('[data-conflict="/nodes/pause/config/for"]').getByText('Take the template’s').click()
  await upgrade.locator('[data-field="/config/for"] ins').waitFor()
  await picture(page, 'e2e-template-upgrade')
  // The merged draft is read anew.
  await Promise.all([page.waitForEvent('load'), submit.click()])
  await page.getByTestId('template-newer').waitFor({ state: 'detached' })
  await page.locator('[data-step-id="pause"]').waitFor()
  const after = await api.get<Copy>('/flows/my-copy')
  expect([after.nodes[1]?.config, after.nodes[2]?.config]).toEqual([{ for: 'P3D' }, { value: 'Good day' }])
  expect(complaints).toEqual([])
  await page.context().close()
})

test('an admin publishes a flow as a template from the gallery, again as the next version, and retires it; a new flow from it remembers it', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const api = apiOf(page, product)
  const flow = { ...source('P1D'), key: 'wizard-source' }
  await api.save(flow)

  await page.goto(`${product.url}/flows`)
  await page
    .getByRole('button', { name: `Actions for ${waitAndSay}` })
    .last()
    .click()
  await page.getByRole('menuitem', { name: 'Publish as template…' }).click()
  const dialog = page.getByRole('dialog')
  const next = dialog.getByRole('button', { name: 'Next' })
  await dialog.getByLabel('Id of the template').fill('our-wait')
  await picture(page, 'e2e-publish-template-flow')
  await next.click()
  await dialog.getByLabel('Name in Chinese').fill('')
  await next.click()
  await dialog.getByText('Please fill this in').waitFor()
  await dialog.getByLabel('Name in English').fill('Our wait')
  await dialog.getByLabel('Name in Chinese').fill('我们的等待')
  await next.click()
  // Settings by the words of their forms, which the page keeps apart from the step types.
  await dialog.locator('[data-place="/nodes/pause/config/for"]').getByText(inBoth('Pause: For', 'Pause：时长'), { exact: true }).waitFor()
  const words = dialog.locator('[data-place="/nodes/say/config/value"]')
  await words.getByRole('checkbox').first().check({ force: true })
  await words.getByLabel('Question in English').fill('Words to say')
  await words.getByLabel('Question in Chinese').fill('回复内容')
  await words.getByLabel('Help in English').fill('Shown to the customer')
  await words.getByLabel('Help in Chinese').fill('')
  await next.click()
  await words.getByText('Write it in both languages or in neither').waitFor()
  await words.getByLabel('Help in Chinese').fill('客户会看到')
  await words.getByText('Must be answered').click()
  await picture(page, 'e2e-publish-template-asks')
  await next.click()
  await dialog.getByTestId('publish-preview').getByText(ourWait).waitFor()
  await dialog.getByLabel(wordsToSay).waitFor()
  await picture(page, 'e2e-publish-template-look')
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
  const card = page.locator('[data-template="our-wait"]')
  await card.getByText('Version 1').waitFor()

  await page.goto(`${product.url}/flows?new=1`)
  await dialog.getByText('From a template').click()
  await dialog.getByRole('option', { name: ourWait }).click()
  const create = dialog.getByRole('button', { name: 'Create flow' })
  await create.click()
  await dialog.getByText('Please fill this in').waitFor()
  await dialog.getByLabel(wordsToSay).fill('Good day')
  await dialog.getByLabel('Key').fill('from-wizard')
  await picture(page, 'e2e-new-from-template')
  await create.click()
  await page.locator('[data-step-id="say"]').waitFor()
  expect(await api.get('/flows/from-wizard/template')).toMatchObject({ template: 'our-wait', version: 1 })
  expect((await api.get<Copy>('/flows/from-wizard')).nodes[2]?.config).toEqual({ value: 'Good day' })

  await page.goto(`${product.url}/templates`)
  await card.getByRole('button', { name: `Actions for ${ourWait}` }).click()
  await page.getByRole('menuitem', { name: 'New version…' }).click()
  await dialog.getByRole('combobox').fill(waitAndSay)
  await page.getByRole('option').filter({ hasText: 'wizard-source' }).click()
  await dialog.getByText('This becomes version 2').waitFor()
  await next.click()
  await expect.poll(() => dialog.getByLabel('Name in English').inputValue()).toBe('Our wait')
  await next.click()
  await expect.poll(() => words.getByLabel('Question in Chinese').inputValue()).toBe('回复内容')
  await next.click()
  await dialog.getByLabel('What is new').fill('Kinder words')
  await dialog.getByRole('button', { name: 'Publish version 2' }).click()
  await card.getByText('Version 2').waitFor()
  expect(await api.get('/flows/from-wizard/template')).toMatchObject({ newest: 2, note: 'Kinder words' })

  await card.getByRole('button', { name: `Actions for ${ourWait}` }).click()
  await page.getByRole('menuitem', { name: 'Retire…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Retire' }).click()
  await card.waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
  await page.context().close()
})
