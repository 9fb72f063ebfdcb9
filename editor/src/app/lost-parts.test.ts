import { afterEach, expect, test } from 'vitest'
import { useToasts } from '../ui/toast-store.ts'
import { tellLostParts } from './lost-parts.ts'

class Rejection extends Event {
  readonly reason: unknown

  constructor(reason: unknown) {
    super('unhandledrejection', { cancelable: true })
    this.reason = reason
  }
}

const page = new EventTarget()
const stop = tellLostParts(page as Window)
afterEach(() => useToasts.setState({ items: [] }))

test('a part that cannot be fetched is told once, however often it is asked for, and is no error of the page', () => {
  for (const message of ['Failed to fetch dynamically imported module: /assets/x.js', 'error loading dynamically imported module']) {
    const lost = new Rejection(new TypeError(message))
    page.dispatchEvent(lost)
    expect(lost.defaultPrevented).toBe(true)
  }
  expect(useToasts.getState().items).toMatchObject([{ tone: 'error', detail: expect.stringMatching(/\S/) }])
})

test('any other fault goes on to the console and is not told as a part that is missing', () => {
  const fault = new Rejection(new TypeError('x is not a function'))
  page.dispatchEvent(fault)
  expect(fault.defaultPrevented).toBe(false)
  expect(useToasts.getState().items).toEqual([])
  stop()
})
