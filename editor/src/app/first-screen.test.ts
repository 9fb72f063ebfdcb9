import type { AnyRouter } from '@tanstack/react-router'
import { afterEach, expect, test, vi } from 'vitest'
import { firstScreen } from './first-screen.ts'

afterEach(() => vi.useRealTimers())

/** A router whose address shows this component. */
function routerOf(component: unknown, load: () => Promise<void> = async () => {}): AnyRouter {
  return {
    load,
    state: { matches: [{ routeId: 'root' }, { routeId: 'screen', params: { key: 'leads' } }] },
    routesById: { screen: { options: { component } } },
  } as never
}

function screenWith(warm: (params: unknown) => Promise<unknown>): unknown {
  return Object.assign(() => null, { warm })
}

test('the first drawing waits for who is signed in, and then for the screen of the address', async () => {
  const order: string[] = []
  const load = async () => {
    await Promise.resolve()
    order.push('session')
  }
  const warm = async (params: unknown) => {
    order.push('asked for')
    expect(params).toEqual({ key: 'leads' })
    await Promise.resolve()
    order.push('here')
  }
  await firstScreen(routerOf(screenWith(warm), load))
  expect(order).toEqual(['session', 'asked for', 'here'])
})

test('a screen that is long in coming is not waited for: its frame is shown meanwhile', async () => {
  vi.useFakeTimers()
  const done = vi.fn()
  void firstScreen(routerOf(screenWith(() => new Promise(() => {})))).then(done)
  await vi.advanceTimersByTimeAsync(1_900)
  expect(done).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(200)
  expect(done).toHaveBeenCalledOnce()
})

test('what fails before the first drawing is told by the drawing, and leaves no timer behind', async () => {
  vi.useFakeTimers()
  await firstScreen(routerOf(screenWith(() => Promise.reject(new TypeError('Failed to fetch')))))
  await firstScreen(routerOf(() => null))
  await firstScreen(routerOf(undefined, () => Promise.reject(new Error('No answer'))))
  expect(vi.getTimerCount()).toBe(0)
})
