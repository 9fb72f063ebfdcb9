import type { Page } from 'playwright-core'
import { still } from './access.ts'
import { apiOf } from './api.ts'
import type { Product } from './product.ts'

/**
 * Every screen behind the sign-in, by its route. Whatever is said of all screens (access, languages, roles, motion) is tried on these;
 * `tools/places.test.ts` compares them with the router and the sections of the settings, so a new screen is in it or the build is red.
 */
export const routes = {
  '/flows': '/flows',
  '/flows/$key': '/flows/consent-withdrawn',
  '/flows/$key/diff': '/flows/consent-withdrawn/diff',
  '/templates': '/templates',
  '/runs': '/runs',
  '/runs/$id': '/runs/:run',
  '/tasks': '/tasks',
  '/alerts': '/alerts',
  '/customers': '/customers',
  '/customers/$id': '/customers/d-1001',
  '/messages': '/messages',
  '/withdrawals': '/withdrawals',
  '/withdrawals/$id': '/withdrawals/:withdrawal',
  '/audit': '/audit',
  // Not beside the list of tasks, whose title it shares.
  '/tasks/$id': '/tasks/:task',
  '/settings/profile': '/settings/profile',
  '/settings/shortcuts': '/settings/shortcuts',
  '/settings/people': '/settings/people',
  '/settings/rights': '/settings/rights',
  '/settings/tokens': '/settings/tokens',
  '/settings/connections': '/settings/connections',
  '/settings/workspace': '/settings/workspace',
} as const

/** Before or beside the sign-in: `screens` asks the sign-in for barriers, `first-run` the other two. */
export const outside = ['/sign-in', '/setup', '/welcome'] as const

/** Lead on to another place and show nothing themselves. */
export const ways = ['/', '/settings'] as const

export const places = Object.values(routes)

/** Where one of what the demo made is listed, for the addresses that name it. */
const listed: { readonly [name: string]: string } = {
  run: '/runs?flow=price-too-high&limit=1',
  task: '/tasks?limit=1',
  withdrawal: '/withdrawals?limit=1',
}

/** The address behind a place: what it names by `:name` is looked up in the demo. */
export async function addressOf(place: string, page: Page, product: Product): Promise<string> {
  const [, name] = /:(\w+)$/.exec(place) ?? []
  if (name === undefined) return place
  const list = listed[name]
  if (list === undefined) throw new Error(`Nobody says where a ${name} is listed`)
  return place.replace(/:\w+$/, await apiOf(page, product).first(list))
}

/** To another place of the page that is open, as a link leads there; the title of the tab says when it has come. */
export async function follow(page: Page, path: string): Promise<void> {
  const before = await page.title()
  if (new URL(page.url()).pathname !== path) {
    await page.evaluate((to) => history.pushState(null, '', to), path)
    await page.waitForFunction((left) => document.title !== left, before)
  }
  await page.locator('main, [role="main"]').first().waitFor()
  await still(page)
}
