import type { Page } from 'playwright-core'
import type { Product } from './product.ts'

/** The product's HTTP interface, paths below `/api/v1`. A refusal ends the test with the words of the answer. */
export interface Api {
  get<Answer>(path: string): Promise<Answer>
  /** Id of a list's first item. The demo's own clean-up may still be on its way in the first moments. */
  first(path: string): Promise<string>
  put<Answer>(path: string, data: object): Promise<Answer>
  post<Answer>(path: string, data?: object): Promise<Answer>
  /** Saves the draft of a flow, whose own key is its place. */
  save<Flow extends Keyed>(flow: Flow): Promise<void>
  publish<Flow extends Keyed>(flow: Flow): Promise<void>
  /** Sends an event and waits up to so many milliseconds for the end of what it starts; the id of the first run. */
  send(event: Event, waitMs?: number): Promise<string>
}

interface Keyed {
  readonly key: string
}

interface Event {
  readonly type: string
  readonly subject?: string
  readonly data: object
}

let sent = 0

/** With the session of a page, as its buttons use it. */
export function apiOf(page: Page, product: Product): Api {
  const ask = async <Answer>(method: string, path: string, data?: object): Promise<Answer> => {
    const answer = await page.request.fetch(`${product.url}/api/v1${path}`, {
      method,
      headers: { origin: product.url },
      ...(data === undefined ? {} : { data }),
    })
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
    return (answer.status() === 204 ? null : await answer.json()) as Answer
  }
  const save = async (flow: Keyed) => {
    await ask('PUT', `/flows/${flow.key}`, flow)
  }
  return {
    get: (path) => ask('GET', path),
    first: async (path) => {
      const deadline = Date.now() + 15_000
      for (;;) {
        const { items } = await ask<{ items: { id: string }[] }>('GET', path)
        if (items[0] !== undefined) return items[0].id
        if (Date.now() > deadline) throw new Error(`GET ${path}: still empty`)
        await page.waitForTimeout(100)
      }
    },
    put: (path, data) => ask('PUT', path, data),
    post: (path, data = {}) => ask('POST', path, data),
    save,
    publish: async (flow) => {
      await save(flow)
      await ask('POST', `/flows/${flow.key}/publish`, {})
    },
    send: async (event, waitMs = 0) => {
      sent += 1
      const { runs } = await ask<{ runs: { run: string }[] }>('POST', `/events?wait=${waitMs}`, {
        specversion: '1.0',
        id: `e2e-${sent}`,
        source: '/e2e',
        ...event,
      })
      return runs[0]?.run ?? ''
    },
  }
}
