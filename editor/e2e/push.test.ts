import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openWindow, picture, signIn } from './browser.ts'
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

/**
 * A browser without a push service of its own, as it is here, cannot be subscribed; what it would hand out is made up. All else is real:
 * the permission, the server, the service worker and the notice it shows. A click on a notice cannot be made in a browser without a screen.
 */
async function pretendPushService(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let made: object | null = null
    const keys = { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) }
    PushManager.prototype.getSubscription = async () => made as PushSubscription | null
    PushManager.prototype.subscribe = async (options) => {
      made = {
        options: { applicationServerKey: options?.applicationServerKey },
        toJSON: () => ({ endpoint: 'https://fcm.googleapis.com/fcm/send/made-up', keys }),
        unsubscribe: async () => {
          made = null
          return true
        },
      }
      return made as PushSubscription
    }
  })
}

test('an admin allows notices, a person takes them on their device and gives them up again; blocked ones say what helps', async () => {
  const { page, complaints } = await openWindow(browser, { serviceWorkers: 'allow' })
  await signIn(page, product, product.account('admin'))
  await page.goto(`${product.url}/settings/profile`)
  await page.getByText('An admin has not switched notices on').waitFor()
  await page.goto(`${product.url}/settings/workspace`)
  const services = page.getByTestId('push-services')
  await services.getByText('Allow notices on devices').click()
  await services.getByLabel('Contact for push services').fill('ops@example.com')
  await picture(page, 'push-services')
  await services.getByRole('button', { name: 'Save notices' }).click()
  await services.getByText('No device is told yet.').waitFor()

  const { page: hers, context, complaints: others } = await openWindow(browser, { serviceWorkers: 'allow' })
  await pretendPushService(hers)
  await context.grantPermissions(['notifications'], { origin: product.url })
  await signIn(hers, product, product.account('director'))
  await hers.goto(`${product.url}/tasks`)
  await hers.getByTestId('push-hint').getByRole('button', { name: 'Tell me' }).click()
  const device = hers.getByTestId('push-device')
  await device.getByRole('switch').waitFor()
  await device.getByText('Tell me on this device').click()
  await device.getByText('You are told on one device.').waitFor()
  await expect.poll(() => device.getByRole('switch').isChecked()).toBe(true)
  await picture(hers, 'push-device')
  await page.reload()
  await services.getByText('One device is told.').waitFor()
  await hers.goto(`${product.url}/tasks`)
  await hers
    .getByRole('listbox')
    .or(hers.getByRole('heading', { name: 'Tasks' }))
    .first()
    .waitFor()
  await expect.poll(() => hers.getByTestId('push-hint').count()).toBe(0)
  // Signing out leaves nothing that is told.
  await hers.getByRole('button', { name: /Zhao Lei/ }).click()
  await hers.getByRole('menuitem', { name: 'Sign out' }).click()
  await hers.waitForURL('**/sign-in*')
  await page.reload()
  await services.getByText('No device is told yet.').waitFor()

  const { page: his } = await openWindow(browser, { serviceWorkers: 'allow' })
  await his.addInitScript(() => Object.defineProperty(Notification, 'permission', { get: () => 'denied' }))
  await signIn(his, product, product.account('legal'))
  await his.goto(`${product.url}/settings/profile`)
  await his.locator('[data-obstacle="denied"]').waitFor()
  expect(await his.getByTestId('push-device').getByRole('switch').count()).toBe(0)
  expect([...complaints, ...others]).toEqual([])
})

test('the service worker shows what is pushed: the kind of task and its end, in the language of the person', async () => {
  const { page, context } = await openWindow(browser, { serviceWorkers: 'allow' })
  await context.grantPermissions(['notifications'], { origin: product.url })
  await signIn(page, product, product.account('director'))
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  const line = await context.newCDPSession(page)
  const registration = new Promise<string>((resolve) => {
    line.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations
      if (first !== undefined) resolve(first.registrationId)
    })
  })
  await line.send('ServiceWorker.enable')
  const push = async (message: object) =>
    line.send('ServiceWorker.deliverPushMessage', {
      origin: product.url,
      registrationId: await registration,
      data: JSON.stringify(message),
    })
  await push({ kind: 'veto', task: '01J9ZK', dueAt: Date.UTC(2026, 2, 5, 9, 30), language: 'zh-CN' })
  const shown = () =>
    page.evaluate(async () => {
      const ready = await navigator.serviceWorker.ready
      return (await ready.getNotifications()).map(({ title, body, tag, data }) => ({ title, body, tag, data: data as unknown }))
    })
  await expect
    .poll(shown, { timeout: 20_000 })
    .toMatchObject([{ title: '有一项决定等您批准或否决', tag: 'task-01J9ZK', data: { url: '/tasks/01J9ZK' } }])
  // The same task again takes its place.
  await push({ kind: 'task', task: '01J9ZK', dueAt: null, language: 'en' })
  await expect.poll(shown, { timeout: 20_000 }).toMatchObject([{ title: 'A task is waiting for you', body: 'Open it in Sluice' }])
})
