import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { awaited, picture } from './browser.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Axe {
  readonly _audit: { readonly rules: readonly { readonly id: string; readonly impact: string; readonly enabled: boolean }[] }
  run(within: Element, options: object): Promise<AxeResults>
}

/**
 * Findings of axe that keep somebody out, as `rule: element`; in the whole page or in what stands on it. Rules that can only find lesser
 * things are not asked: they took a third of its time.
 */
export async function barriers(page: Page, within: Locator = page.locator('html')): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  const { violations } = await within.evaluate((part) => {
    const { axe } = window as unknown as { axe: Axe }
    const values = axe._audit.rules.filter(({ impact, enabled }) => enabled && ['serious', 'critical'].includes(impact)).map(({ id }) => id)
    return axe.run(part, { resultTypes: ['violations'], runOnly: { type: 'rule', values } })
  })
  return violations.flatMap((it) => it.nodes.slice(0, 3).map((node) => `${it.id}: ${node.html.slice(0, 160)}`))
}

/** By how much the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
}

/** What is chosen and, its tint gone, cannot be told from the rest. */
function unmarked(page: Page): Promise<string[]> {
  return page
    .locator('a[aria-current="page"], [role="tab"][aria-selected="true"], [aria-pressed="true"], [role="radio"][aria-checked="true"]')
    .evaluateAll((chosen) =>
      chosen.filter((one) => getComputedStyle(one).outlineStyle !== 'solid').map((one) => one.outerHTML.slice(0, 160)),
    )
}

/** With the colours of the system and then, with its own again, zoomed to 200 %, which is half as many pixels. */
export async function hardToSee(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' })
  // Its rules are fetched by those who need them.
  await page.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue('--ink').trim() === 'CanvasText')
  await picture(page, `${name}-forced`)
  expect.soft(await barriers(page), 'in forced colours').toEqual([])
  expect.soft(await unmarked(page), 'in forced colours').toEqual([])
  await page.emulateMedia({ forcedColors: 'none' })
  await page.setViewportSize({ width: 720, height: 450 })
  await still(page)
  await picture(page, `${name}-zoomed`)
  expect.soft(await barriers(page), 'at 200 %').toEqual([])
  expect.soft(await overflow(page), 'wider than the window at 200 %').toBeLessThanOrEqual(0)
  await page.setViewportSize({ width: 1440, height: 900 })
}

/** Nothing loads any more, nothing is asked of the server, and for a moment nothing was drawn anew; a screen that never rests is looked at as it is. */
export async function still(page: Page): Promise<void> {
  await page
    .locator('[data-loading], [aria-busy="true"]')
    .first()
    .waitFor({ state: 'detached' })
    .catch(() => undefined)
  const until = Date.now() + 3_000
  do await quiet(page)
  while (awaited(page) > 0 && Date.now() < until)
}

/** For a tenth of a second nothing was drawn anew. */
async function quiet(page: Page): Promise<void> {
  await page.evaluate(
    ({ quietMs, mostMs }) =>
      new Promise<void>((resolve) => {
        const ends = () => {
          watch.disconnect()
          resolve()
        }
        let quiet = setTimeout(ends, quietMs)
        const watch = new MutationObserver(() => {
          clearTimeout(quiet)
          quiet = setTimeout(ends, quietMs)
        })
        watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
        setTimeout(ends, mostMs)
      }),
    { quietMs: 100, mostMs: 3_000 },
  )
}

/** A screen that `screens` does not come to with its session: in both themes, with the colours of the system and zoomed. */
export async function expectOpenToAll(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await still(page)
    await picture(page, `${name}-${colorScheme}`)
    expect.soft(await barriers(page), `${name} ${colorScheme}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await hardToSee(page, name)
}
