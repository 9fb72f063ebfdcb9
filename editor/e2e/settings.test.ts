import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { revokePush } from '../../examples/consent-withdrawal/wechat-push.ts'
import { still } from './access.ts'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture, signIn } from './browser.ts'
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

test('the sign-in screen starts without an error in the console, also with a session that ended', async () => {
  const { page, complaints, context } = await openWindow(browser)
  await page.goto(`${product.url}/flows`)
  await page.locator('input[type="password"]').waitFor()
  expect(new URL(page.url()).searchParams.get('to')).toBe('/flows')
  const name = 'sluice_session'
  await context.addCookies([{ name, value: 'x'.repeat(43), url: product.url, httpOnly: true, sameSite: 'Strict' }])
  await page.goto(`${product.url}/runs`)
  await page.locator('input[type="password"]').waitFor()
  expect(complaints).toEqual([])
})

test('T64: “test as” says what the server answers, for twenty questions about people, roles and what they see of a customer', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('consent'))
  const { items: people } = await apiOf(page, product).get<{ items: { id: string; name: string; email?: string }[] }>('/people')
  const seen = new Set<string>()
  const routes = {
    'flows.write': ['PUT', '/flows/nothing-here'],
    'audit.read': ['GET', '/audit'],
    'consents.write': ['POST', '/consents'],
    'customers.read': ['GET', '/customers/d-1002'],
    'users.manage': ['GET', '/users'],
  } as const
  for (const account of ['analyst', 'rep', 'legal', 'operator']) {
    const { page: theirs, context } = await openWindow(browser)
    await enter(theirs, product, product.account(account))
    const ask = (method: string, path: string) =>
      theirs.request.fetch(`${product.url}/api/v1${path}`, { method, headers: { origin: product.url }, failOnStatusCode: false })
    const { user } = await (await ask('GET', '/session')).json()
    expect(people.map(({ id }) => id)).toContain(user.id)
    for (const [permission, [method, path]] of Object.entries(routes)) {
      const real = await ask(method, path)
      await page.goto(`${product.url}/settings/rights?as=user:${user.id}&may=${permission}&customer=d-1002`)
      const answer = page.getByTestId('policy-answer')
      await answer.getByText(user.name, { exact: false }).waitFor()
      expect(`${account} ${permission} ${await answer.getAttribute('data-allowed')}`).toBe(
        `${account} ${permission} ${real.status() !== 403}`,
      )
      seen.add(String(real.status() !== 403))
    }
    const customer = await ask('GET', '/customers/d-1002')
    const fields = customer.ok() ? Object.entries<{ $masked?: string } | string>((await customer.json()).fields) : []
    const told = await page
      .locator('[data-field]')
      .evaluateAll((rows) => rows.map((row) => [row.getAttribute('data-field'), row.getAttribute('data-hidden')]))
    expect(told).toEqual(fields.map(([name, value]) => [name, (typeof value === 'object' ? value.$masked : undefined) ?? '']))
    await context.close()
  }
  expect([...seen].sort()).toEqual(['false', 'true'])

  // By hand as well: a role, from the lists.
  await page.goto(`${product.url}/settings/rights`)
  await page.getByRole('combobox', { name: 'Person or role' }).fill(inBoth('Developer', '开发者'))
  await page
    .getByRole('option', { name: /^Developer/ })
    .last()
    .click()
  await page.getByRole('button', { name: 'Wants to' }).click()
  await page.getByRole('option', { name: 'Edit drafts' }).click()
  await page.getByTestId('policy-answer').getByText('Through Developer').waitFor()
  expect(new URL(page.url()).searchParams.get('as')).toBe('role:developer')
  const allowed = page.getByRole('row', { name: 'Edit drafts' }).getByRole('img', { name: inBoth('may', '可以'), exact: true })
  await expect.poll(() => allowed.count()).toBe(3)
  // Whatever an admin may has its row: a right that comes later must not be missing here.
  const { items: roles } = await apiOf(page, product).get<{ items: { name: string; may: string[] }[] }>('/roles')
  expect(await page.locator('tbody th[scope="row"]').count()).toBe(roles.find(({ name: role }) => role === 'admin')?.may.length)
  await picture(page, 'e2e-settings-rights')
  expect(complaints).toEqual([])
})

test('a person is added, refused what is not theirs, given another role, shut out and let in again with a new password', async () => {
  const { page } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  await page.goto(`${product.url}/settings/people`)
  await page.getByRole('button', { name: 'Add a person' }).click()
  const dialog = page.getByRole('dialog')
  await expect.poll(() => dialog.getByText('Event sender').count()).toBe(0)
  await dialog.getByLabel('Name').fill('Eva Kern')
  await dialog.getByLabel('E-mail').fill(product.account('rep').email)
  await dialog.getByLabel('Password').fill('short')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByRole('alert').filter({ hasText: '12 to 200 characters' }).waitFor()
  await dialog.getByLabel('Password').fill('five green apples fall')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByRole('alert').filter({ hasText: 'Somebody has this e-mail already' }).waitFor()
  const account = { email: 'eva@demo.example', password: 'five green apples fall' }
  await dialog.getByLabel('E-mail').fill(account.email)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })

  const { page: hers } = await openWindow(browser)
  await signIn(hers, product, account)
  await hers.goto(`${product.url}/settings/people`)
  await hers.getByText('No access').waitFor()
  await hers.goto(`${product.url}/flows`)
  await hers.getByRole('heading', { name: 'Flows' }).waitFor()

  // Another role ends the session: her open page says so instead of standing there as if it lived.
  const row = page.locator('li').filter({ hasText: 'Eva Kern' })
  await row.getByRole('button', { name: 'Change' }).click()
  await dialog.getByText('Operator', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await hers.waitForURL('**/sign-in?*')
  await row.getByText('Operator').waitFor()

  await row.getByRole('switch').focus()
  await page.keyboard.press('Space')
  await expect.poll(() => row.getByRole('switch').isChecked()).toBe(false)
  await hers.locator('input[type="email"]').fill(account.email)
  await hers.locator('input[type="password"]').fill(account.password)
  await hers.keyboard.press('Enter')
  await hers.getByRole('alert').waitFor()

  await row.getByRole('switch').focus()
  await page.keyboard.press('Space')
  await expect.poll(() => row.getByRole('switch').isChecked()).toBe(true)
  await row.getByRole('button', { name: 'Change' }).click()
  await dialog.getByLabel('New password').fill('seven red pears roll')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await signIn(hers, product, { ...account, password: 'seven red pears roll' })
  await picture(page, 'settings-people')
})

test('a token is shown once, works, and is gone from the screen and the door when it is revoked', async () => {
  const { page } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  await page.goto(`${product.url}/settings/tokens`)
  await page.getByRole('button', { name: 'New token' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('CRM connector')
  await page.getByRole('button', { name: 'Create' }).click()
  const secret = page.getByRole('status').filter({ hasText: 'Copy the token now' })
  const token = await secret.locator('code').innerText()
  const ask = () => fetch(`${product.url}/api/v1/session`, { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status)
  await expect.poll(() => ask()).toBe(200)
  await page.getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('Revoked', { exact: true }).waitFor()
  await expect.poll(() => ask()).toBe(401)
  await secret.waitFor({ state: 'detached' })
})

test('a WeChat app is connected by hand, its signed push withdraws, a forged one does not, and disconnecting asks first', async () => {
  const { page } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  await page.goto(`${product.url}/settings/connections`)
  await page.getByRole('button', { name: 'Connect an app' }).click()
  const dialog = page.getByRole('dialog')
  const app = { appId: 'wx1234567890abcdef', token: 'spring2026token', originalId: 'gh_abcdef123456' }
  await dialog.getByLabel('AppID').fill('not an id !')
  await dialog.getByText('Letters, digits, - and _ only').waitFor()
  await dialog.getByLabel('AppID').fill(app.appId)
  await dialog.getByLabel('Name').fill('Showroom')
  await dialog.getByLabel('Token').fill('no')
  await dialog.getByText('3 to 32 letters and digits').waitFor()
  await expect.poll(() => dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Token').fill(app.token)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  const address = await page.locator('li').filter({ hasText: 'Showroom' }).locator('code').innerText()

  const at = Math.floor(Date.now() / 1000)
  const push = async (token: string, nonce: string) => {
    const { query, body } = revokePush({ ...app, token }, 'oDemo1004_openid', '301', at, nonce)
    return (await fetch(`${address}?${query}`, { method: 'POST', headers: { 'content-type': 'text/xml' }, body })).status
  }
  const withdrawals = async () => {
    const { items } = await apiOf(page, product).get<{ items: { customer: string }[] }>('/withdrawals?limit=200')
    return items.filter(({ customer }) => customer === 'd-1004').length
  }
  expect(await push('another', 'n-1')).toBe(401)
  await expect.poll(() => withdrawals()).toBe(0)
  expect(await push(app.token, 'n-2')).toBe(200)
  await expect.poll(withdrawals).toBe(1)
  await page.goto(`${product.url}/customers/d-1004`)
  await page.getByText('Withdrawn').first().waitFor()

  await page.goto(`${product.url}/settings/connections`)
  await page.getByRole('button', { name: 'Disconnect' }).click()
  const question = page.getByRole('alertdialog', { name: 'Disconnect “Showroom”?' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Disconnect' }).click()
  await question.getByRole('button', { name: 'Disconnect' }).click()
  await page.getByText('No app is connected').waitFor()
  expect(await push(app.token, 'n-3')).toBe(404)
})

test('one click removes the demo: every screen shows its empty state, and who was of the demo is outside', async () => {
  const { page } = await openWindow(browser)
  const { page: theirs } = await openWindow(browser)
  await signIn(theirs, product, product.account('director'))
  await enter(page, product, product.account('admin'))
  await page.goto(`${product.url}/settings/workspace`)
  await page.getByRole('button', { name: 'Remove the demo' }).waitFor()
  // What stands above it comes in parts and moves it: a press that moved away is none.
  await still(page)
  await page.getByRole('button', { name: 'Remove the demo' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove the demo' }).click()
  await page.getByText('The demo is gone. This is your workspace now.').waitFor()
  await theirs.waitForURL('**/sign-in?*')
  const empty = {
    flows: 'Draw your first flow',
    runs: 'Nothing has run yet',
    tasks: 'All done',
    alerts: 'No unread alerts',
    customers: 'No customers yet',
    messages: 'No messages',
    withdrawals: 'No withdrawals',
  }
  for (const [screen, title] of Object.entries(empty)) {
    await page.goto(`${product.url}/${screen}`)
    await page.getByRole('heading', { name: title }).waitFor()
    await expect.poll(() => page.getByText('Demo data').count(), { message: screen }).toBe(0)
    await picture(page, `after-demo-${screen}`)
  }
  await page.goto(`${product.url}/customers/d-1001`)
  await page.getByText('Not found').waitFor()
  const signIns = product.account('admin')
  expect(() => product.account('analyst')).toThrow('The demo has no account analyst')
  expect(signIns.email).toContain('admin@')
})

test('a working calendar is kept, takes its days from a file, and a wait of a flow counts by it', async () => {
  const { page, complaints } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  await page.goto(`${product.url}/settings/workspace`)
  await page.getByTestId('calendars').locator('[data-calendar=cn]').getByText('State Council').first().waitFor()
  await page.getByRole('button', { name: 'Add a calendar' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Short name').fill('cn')
  await dialog.getByLabel('Name in English').fill('Shop')
  await dialog.getByLabel('Name in Chinese').fill('门店')
  await dialog.getByLabel('Saturday').check({ force: true })
  await dialog.getByLabel('Working hours').fill('10:00-12:00, 13:00-19:00')
  const file = { name: 'days.csv', mimeType: 'text/csv', buffer: Buffer.from('date,kind\n2027-01-01,holiday\n2027-01-03,workday\n') }
  await page.locator('input[type=file]').setInputFiles(file)
  await expect.poll(() => dialog.getByLabel('Holidays').inputValue()).toBe('2027-01-01')
  await picture(page, 'settings-calendar')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByRole('alert').filter({ hasText: 'ships with the product' }).waitFor()
  await dialog.getByLabel('Short name').fill('shop')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByTestId('calendars').locator('[data-calendar=shop]').getByText('1 holiday').waitFor()
  await picture(page, 'settings-calendars')

  const nodes = [
    { id: 'by', type: 'core.manual' },
    { id: 'wait', type: 'core.wait', config: { for: 'PT8H', calendar: 'shop' } },
    { id: 'end', type: 'core.transform', config: { value: 1 } },
  ]
  const edges = [
    { from: 'by.out', to: 'wait.in' },
    { from: 'wait.out', to: 'end.in' },
  ]
  const flow = { format: 'sluice/flow@1', key: 'by-shop', name: 'By shop', nodes, edges }
  const question = { flow, events: [], start: {}, startAt: '2027-01-01T00:00:00Z', until: 'P10D' }
  const simulated = JSON.stringify(await apiOf(page, product).post('/flows/by-shop/simulate', question))
  expect(simulated).not.toContain('SLU_CALENDAR_UNKNOWN')
  expect(simulated).toContain('succeeded')
  // The browser itself notes the refusal of the shipped name.
  expect(complaints.filter((line) => !line.includes('409'))).toEqual([])
})

test('on a phone the open section is in sight in the row of sections, whichever address led there', async () => {
  const { page, complaints } = await openWindow(browser, { viewport: { width: 390, height: 844 } })
  await enter(page, product, product.account('admin'))
  await page.goto(`${product.url}/settings/workspace`)
  const here = page.getByRole('navigation', { name: 'Settings' }).locator('[aria-current]')
  await here.waitFor()
  await expect
    .poll(async () => {
      const box = await here.boundingBox()
      return box !== null && box.x > -1 && box.x + box.width < 391
    })
    .toBe(true)
  expect(complaints).toEqual([])
})
