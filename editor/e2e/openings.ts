import type { Locator, Page } from 'playwright-core'
import type { MessageId } from '../src/app/locales/en/index.ts'

type Say = (id: MessageId) => string

/** What opens on a screen when it is asked for: by a key of the drawing, or by a button with these words. */
export interface Opening {
  /** Its place, as in `places`. */
  readonly at: string
  readonly by: { readonly key: string } | { readonly button: MessageId }
  /** What then stands there; a dialog if nothing is said. */
  readonly shows?: (page: Page) => Locator
}

const part = (testId: string) => (page: Page) => page.getByTestId(testId)
const drawing = '/flows/price-too-high'

/** The parts of the drawing are closed by the key that opened them, dialogs by Escape. */
export const openings: readonly Opening[] = [
  { at: drawing, by: { key: '?' } },
  { at: drawing, by: { key: 'Control+k' } },
  { at: drawing, by: { key: 'Control+Enter' } },
  { at: drawing, by: { key: 'Control+Shift+Enter' } },
  { at: drawing, by: { key: 'Control+s' } },
  { at: drawing, by: { key: 'a' }, shows: part('quick-add') },
  { at: drawing, by: { key: '/' }, shows: part('find-step') },
  { at: drawing, by: { key: 'Shift+F10' }, shows: (page) => page.getByRole('menu') },
  { at: drawing, by: { key: 'Shift+P' }, shows: part('drawer') },
  { at: drawing, by: { key: 'Shift+R' }, shows: part('drawer') },
  { at: drawing, by: { key: 'Shift+V' }, shows: part('versions') },
  { at: drawing, by: { key: 'Shift+H' }, shows: part('drawer') },
  { at: drawing, by: { key: 'Shift+C' }, shows: part('comments') },
  { at: drawing, by: { key: 'o' }, shows: part('outline') },
  { at: drawing, by: { key: 'Shift+A' }, shows: part('live-panel') },
  { at: drawing, by: { key: 'Shift+S' }, shows: part('simulate') },
  { at: '/flows', by: { button: 'flows.new' } },
  { at: '/templates', by: { button: 'templates.install' } },
  { at: '/templates', by: { button: 'templates.publish.open' } },
  { at: '/runs', by: { button: 'operate.bulk.open' } },
  { at: '/runs/:run', by: { button: 'replay.compare' } },
  { at: '/runs/:run', by: { button: 'replay.fork' } },
  { at: '/tasks', by: { button: 'tasks.away' } },
  { at: '/customers', by: { button: 'customers.import' } },
  { at: '/customers/d-1001', by: { button: 'customers.withdraw.all.action' } },
  { at: '/settings/people', by: { button: 'settings.people.add' } },
  { at: '/settings/tokens', by: { button: 'settings.tokens.add' } },
  { at: '/settings/connections', by: { button: 'settings.channels.add' } },
  { at: '/settings/connections', by: { button: 'settings.wechat.add' } },
  { at: '/settings/workspace', by: { button: 'settings.calendars.add' } },
  { at: '/settings/workspace', by: { button: 'settings.demo.remove' } },
]

export function nameOf({ at, by }: Opening): string {
  return `${at} ${'key' in by ? by.key : by.button}`
}

/** What was opened, and how it is closed again. */
export interface Opened {
  readonly part: Locator
  close(): Promise<void>
}

export async function openAt(page: Page, { by, shows }: Opening, say: Say): Promise<Opened> {
  const part = (shows ?? ((on: Page) => on.getByRole('dialog').or(on.getByRole('alertdialog')).first()))(page)
  const press = async (key: string) => {
    await page.getByTestId('canvas').focus()
    await page.keyboard.press(key)
  }
  if ('key' in by) await press(by.key)
  else
    await page
      .locator('#main')
      .getByRole('button', { name: say(by.button), exact: true })
      .first()
      .click()
  await part.waitFor()
  return {
    part,
    close: async () => {
      if ('key' in by && /^(Shift\+[A-Z]|o)$/.test(by.key)) await press(by.key)
      else await page.keyboard.press('Escape')
      await part.waitFor({ state: 'detached' })
    },
  }
}
