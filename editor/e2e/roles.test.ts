import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { app as appEn } from '../src/app/locales/en/app.ts'
import { builder as builderEn } from '../src/app/locales/en/builder.ts'
import { customers as customersEn } from '../src/app/locales/en/customers.ts'
import { flows as flowsEn } from '../src/app/locales/en/flows.ts'
import { screens as screensEn } from '../src/app/locales/en/screens.ts'
import { settings as settingsEn } from '../src/app/locales/en/settings.ts'
import { app as appZh } from '../src/app/locales/zh-CN/app.ts'
import { builder as builderZh } from '../src/app/locales/zh-CN/builder.ts'
import { customers as customersZh } from '../src/app/locales/zh-CN/customers.ts'
import { flows as flowsZh } from '../src/app/locales/zh-CN/flows.ts'
import { screens as screensZh } from '../src/app/locales/zh-CN/screens.ts'
import { settings as settingsZh } from '../src/app/locales/zh-CN/settings.ts'
import { apiOf } from './api.ts'
import { enter, openBrowser, openWindow, picture } from './browser.ts'
import { routes } from './places.ts'
import { type Account, type Product, startProduct } from './product.ts'

/**
 * EDITOR.md §11 as it stands for the screens there are, written down by hand: who may open what, and which controls are theirs. What a
 * role is not named for is closed to it.
 */
const everybody = ['admin', 'analyst', 'developer', 'rep', 'manager', 'director', 'consent', 'legal', 'operator'] as const
type Role = (typeof everybody)[number]
const builders: readonly Role[] = ['admin', 'analyst', 'developer']
const atWork: readonly Role[] = ['admin', 'analyst', 'rep', 'manager', 'director', 'consent', 'legal']
const watchers: readonly Role[] = ['admin', 'analyst', 'director', 'consent', 'legal', 'operator']

type Words = {
  readonly [id in
    | keyof typeof appEn
    | keyof typeof screensEn
    | keyof typeof customersEn
    | keyof typeof flowsEn
    | keyof typeof settingsEn
    | keyof typeof builderEn]: string
}
const languages: readonly { readonly name: 'en' | 'zh-CN'; readonly words: Words }[] = [
  { name: 'en', words: { ...appEn, ...screensEn, ...customersEn, ...flowsEn, ...settingsEn, ...builderEn } },
  { name: 'zh-CN', words: { ...appZh, ...screensZh, ...customersZh, ...flowsZh, ...settingsZh, ...builderZh } },
]

interface Place {
  readonly path: string
  readonly open: readonly Role[]
  /** What stands there when it is open. */
  readonly shown: (main: Locator, words: Words) => Locator
  /** Entries of the menu of the first row. */
  readonly menu?: readonly { readonly of: readonly Role[]; readonly id: keyof Words }[]
  /** Commands of the palette by their ids: found there by these roles and by nobody else. */
  readonly commands?: readonly { readonly of: readonly Role[]; readonly id: string }[]
  readonly controls?: readonly { readonly of: readonly Role[]; readonly find: (page: Page, words: Words) => Locator }[]
}

const button = (id: keyof Words, scope: 'main' | 'page' = 'main') => {
  return (page: Page, words: Words) => {
    const within = scope === 'main' ? page.locator('#main') : page.locator('body')
    return within.getByRole('button', { name: words[id], exact: true }).first()
  }
}
const title = (id: keyof Words) => (main: Locator, words: Words) => main.getByRole('heading', { level: 1, name: words[id], exact: true })
const part = (testId: string) => (main: Locator) => main.getByTestId(testId)

/** `run` and `withdrawal` are of the demo. */
const placesOf = (run: string, withdrawal: string): readonly Place[] => [
  { path: '/tasks', open: atWork, shown: title('app.screen.tasks') },
  { path: '/alerts', open: [...atWork, 'operator'], shown: title('app.screen.alerts') },
  {
    path: '/customers',
    open: atWork,
    shown: title('app.screen.customers'),
    controls: [{ of: ['admin'], find: button('customers.import') }],
  },
  {
    path: '/customers/d-1001',
    open: atWork,
    shown: (main, words) => main.getByRole('heading', { name: words['customers.grid'] }),
    controls: [{ of: ['admin', 'rep', 'manager', 'consent'], find: button('customers.withdraw.all.action') }],
  },
  {
    path: '/flows',
    open: [...watchers, 'developer'],
    shown: title('app.screen.flows'),
    controls: [
      { of: builders, find: button('flows.new') },
      { of: builders, find: button('flows.folder.new') },
    ],
    menu: [
      { of: [...watchers, 'developer'], id: 'flows.open' },
      { of: [...watchers, 'developer'], id: 'flows.export' },
      { of: builders, id: 'flows.duplicate' },
      { of: builders, id: 'flows.folder.move' },
      { of: builders, id: 'flows.owner.menu' },
      { of: ['admin', 'analyst', 'operator', 'consent', 'legal'], id: 'operate.pause.menu' },
      { of: ['admin'], id: 'templates.publish.menu' },
      { of: ['admin', 'analyst'], id: 'app.delete' },
    ],
  },
  {
    path: '/flows/consent-withdrawn',
    open: [...watchers, 'developer'],
    shown: part('canvas'),
    controls: [
      { of: builders, find: (page) => page.getByTestId('palette') },
      { of: builders, find: button('canvas.bar.simulate', 'page') },
      { of: builders, find: button('canvas.bar.test', 'page') },
      { of: ['admin', 'analyst'], find: button('canvas.bar.publish', 'page') },
      { of: ['director', 'consent', 'legal', 'operator'], find: (page, words) => page.getByText(words['canvas.bar.no-write']) },
    ],
    commands: [
      { of: [...watchers, 'developer'], id: 'canvas.fit' },
      { of: [...watchers, 'developer'], id: 'canvas.comments' },
      { of: builders, id: 'canvas.quick-add' },
      { of: builders, id: 'canvas.checkpoint' },
      { of: builders, id: 'canvas.simulate' },
      { of: builders, id: 'canvas.test' },
      { of: ['admin', 'analyst'], id: 'canvas.publish' },
      { of: ['admin', 'analyst'], id: 'canvas.replay' },
      { of: builders, id: 'app.tour' },
    ],
  },
  { path: '/flows/consent-withdrawn/diff', open: [...watchers, 'developer'], shown: (main) => main.getByRole('heading', { level: 1 }) },
  {
    path: '/templates',
    open: builders,
    shown: title('app.screen.templates'),
    controls: [
      { of: builders, find: button('templates.install') },
      { of: ['admin'], find: button('templates.publish.open') },
    ],
  },
  {
    path: '/runs',
    // Reps and managers see the runs about their own customers, and mend nothing.
    open: everybody,
    shown: title('app.screen.runs'),
    controls: [
      { of: ['admin', 'analyst', 'operator'], find: button('operate.bulk.open') },
      {
        of: [...watchers, 'developer'],
        find: (page, words) => page.getByRole('radiogroup', { name: words['operate.view'], exact: true }),
      },
    ],
  },
  {
    path: `/runs/${run}`,
    open: everybody,
    shown: part('replay'),
    controls: [{ of: [...watchers, 'developer'], find: (page) => page.locator('#main h1').getByRole('link') }],
  },
  { path: '/messages', open: atWork, shown: title('app.screen.messages') },
  { path: '/withdrawals', open: [...atWork, 'operator'], shown: title('app.screen.withdrawals') },
  { path: `/withdrawals/${withdrawal}`, open: [...atWork, 'operator'], shown: (main) => main.getByRole('heading', { level: 1 }) },
  { path: '/audit', open: ['admin', 'consent', 'legal', 'operator'], shown: title('app.screen.audit') },
  {
    path: '/settings/profile',
    open: everybody,
    shown: (main, words) => main.getByRole('heading', { name: words['settings.profile.you'] }),
  },
  { path: '/settings/shortcuts', open: everybody, shown: (main, words) => main.getByText(words['settings.shortcuts.lead']) },
  { path: '/settings/people', open: ['admin'], shown: (main, words) => main.getByText(words['settings.people.lead']) },
  {
    path: '/settings/rights',
    open: ['admin', 'consent', 'legal', 'operator'],
    shown: (main, words) => main.getByText(words['settings.rights.lead']),
  },
  { path: '/settings/tokens', open: ['admin'], shown: (main, words) => main.getByText(words['settings.tokens.lead']) },
  {
    path: '/settings/connections',
    open: [...builders, 'operator'],
    shown: (main, words) => main.getByText(words['settings.connections.lead']),
    controls: [
      { of: ['admin'], find: button('settings.channels.add') },
      { of: ['admin'], find: button('settings.wechat.add') },
    ],
  },
  {
    path: '/settings/workspace',
    open: [...builders, 'operator'],
    shown: (main, words) => main.getByRole('heading', { name: words['settings.workspace'], level: 1 }),
    controls: [{ of: ['admin'], find: button('settings.demo.remove') }],
  },
]

/** The rail, as people read it, and the sections of the settings. */
const railOf: Readonly<Record<Role, readonly (keyof Words)[]>> = {
  admin: rail('tasks', 'alerts', 'customers', 'flows', 'templates', 'runs', 'messages', 'withdrawals', 'audit'),
  analyst: rail('tasks', 'alerts', 'customers', 'flows', 'templates', 'runs', 'messages', 'withdrawals'),
  developer: rail('flows', 'templates', 'runs'),
  rep: rail('tasks', 'alerts', 'customers', 'runs', 'messages', 'withdrawals'),
  manager: rail('tasks', 'alerts', 'customers', 'runs', 'messages', 'withdrawals'),
  director: rail('tasks', 'alerts', 'customers', 'flows', 'runs', 'messages', 'withdrawals'),
  consent: rail('tasks', 'alerts', 'customers', 'flows', 'runs', 'messages', 'withdrawals', 'audit'),
  legal: rail('tasks', 'alerts', 'customers', 'flows', 'runs', 'messages', 'withdrawals', 'audit'),
  operator: rail('alerts', 'flows', 'runs', 'withdrawals', 'audit'),
}
function rail(
  ...names: readonly ('tasks' | 'alerts' | 'customers' | 'flows' | 'templates' | 'runs' | 'messages' | 'withdrawals' | 'audit')[]
) {
  return [...names, 'settings' as const].map((name) => `app.screen.${name}` as const)
}

let product: Product
let browser: Browser
let places: readonly Place[] = []
const accounts = new Map<Role, Account>()

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), openBrowser()])
  for (const role of everybody) accounts.set(role, product.account(role))
  const { page, context } = await openWindow(browser)
  await enter(page, product, product.account('admin'))
  const api = apiOf(page, product)
  // Of a customer who is the rep's.
  const withdrawn = { customer: 'd-1001', purposes: ['recommendation'], scenes: ['quote_push'], channel: 'preference_page' }
  const { withdrawal } = await api.post<{ withdrawal: string }>('/consents/withdraw', withdrawn)
  places = placesOf(await api.first('/runs?flow=consent-thank-you&subject=d-1001&limit=1'), withdrawal)
  await context.close()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** To another place of the page that is open, as a link leads there. */
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, '', to), path)
  await page.waitForURL((url) => url.pathname === path)
}

test('every screen is in the table of roles', () => {
  // One task is the screen of the tasks, with the same permission.
  const wanted = Object.keys(routes).filter((route) => route !== '/tasks/$id')
  const isListed = (route: string) => places.some(({ path }) => new RegExp(`^${route.replace(/\$\w+/g, '[^/]+')}$`).test(path))
  expect(wanted.filter((route) => !isListed(route))).toEqual([])
})

describe.each(everybody)('T72 the role %s', (role) => {
  test('opens exactly its screens with exactly its controls; what is closed says so, in both languages', async () => {
    // It brings its own words, of both languages.
    const { page, context, complaints } = await openWindow(browser, { locale: 'en-GB' })
    await enter(page, product, accounts.get(role) ?? { email: '', password: '' })
    const main = page.locator('#main')
    const refusal = (words: Words) => main.getByRole('heading', { name: words['app.problem.no-access'], exact: true })
    for (const [at, { name, words }] of languages.entries()) {
      // An address that is closed is opened from outside; the page then stays and goes from place to place.
      await page.addInitScript((language) => localStorage.setItem('sluice.language', language), name)
      const closed = places.filter(({ open }) => !open.includes(role))
      await page.goto(product.url + (closed.at(-1)?.path ?? '/settings/profile'))
      if (closed.length > 0) await refusal(words).waitFor()
      const links = page.getByRole('navigation', { name: words['app.rail'] }).getByRole('link')
      const titles = railOf[role].map((id) => words[id])
      await expect.poll(async () => (await links.allInnerTexts()).map((text) => text.replace(/[\s\d+]+$/, ''))).toEqual(titles)
      await picture(page, `role-${role}-${name}`)
      // What is closed in both languages; what is open in one of them, half of the roles in Chinese.
      const isWhole = everybody.indexOf(role) % 2 === at
      for (const { path, open, shown, controls = [], menu = [], commands = [] } of isWhole ? places : closed) {
        await follow(page, path)
        await shown(main, words).or(refusal(words)).first().waitFor()
        expect([path, (await refusal(words).isVisible()) ? 'closed' : 'open']).toEqual([path, open.includes(role) ? 'open' : 'closed'])
        if (!open.includes(role)) {
          await main.getByText(words['app.problem.no-access.help']).waitFor()
          continue
        }
        for (const [index, { of, find }] of controls.entries()) {
          if (of.includes(role)) await find(page, words).waitFor()
          else expect([path, index, await find(page, words).isVisible()]).toEqual([path, index, false])
        }
        if (menu.length > 0) {
          await page.locator('#main tbody tr').first().getByRole('button').last().click()
          await page.getByRole('menuitem').first().waitFor()
          for (const { of, id } of menu) {
            const isThere = await page.getByRole('menuitem', { name: words[id], exact: true }).isVisible()
            expect([path, id, isThere]).toEqual([path, id, of.includes(role)])
          }
          await page.keyboard.press('Escape')
          await page.getByRole('menuitem').first().waitFor({ state: 'detached' })
        }
        if (commands.length === 0) continue
        await page.keyboard.press('Control+k')
        const palette = page.getByRole('dialog')
        await palette.locator('input:focus').waitFor()
        for (const { of, id } of commands) {
          const entry = palette.locator(`[role="menuitem"][data-key="command-${id}"]`)
          if (of.includes(role)) await entry.waitFor({ state: 'attached' })
          else expect([path, id, await entry.count()]).toEqual([path, id, 0])
        }
        await page.keyboard.press('Escape')
        await palette.waitFor({ state: 'detached' })
      }
    }
    expect(complaints).toEqual([])
    await context.close()
  })
})
