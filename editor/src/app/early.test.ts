import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Early } from './early.ts'

const path = '/flows/leads'
const answered = { signedIn: true, user: { permissions: ['flows.read'] } }
const asked: string[] = []

beforeEach(() => {
  asked.length = 0
  vi.resetModules()
  vi.useFakeTimers()
  vi.stubGlobal('location', { pathname: path })
  vi.stubGlobal('innerWidth', 1_440)
  vi.stubGlobal('navigator', { languages: ['en-GB'] })
  vi.stubGlobal('localStorage', { getItem: (name: string) => (name === 'sluice.theme' ? 'dark' : null) })
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url.replace('/api/v1/', ''))
    return Response.json({ ...answered, from: 'the network' })
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A page with these answers in it, whose end comes later. */
function page(written: object | null) {
  const listeners: (() => void)[] = []
  const document = {
    readyState: 'loading',
    documentElement: { dataset: {} as Record<string, string> },
    querySelector: () => (written === null ? null : {}),
    getElementById: () => (document.readyState === 'loading' ? null : { textContent: JSON.stringify(written) }),
    addEventListener: (_kind: string, act: () => void) => listeners.push(act),
  }
  vi.stubGlobal('document', document)
  return {
    dataset: document.documentElement.dataset,
    end() {
      document.readyState = 'interactive'
      for (const act of listeners) act()
    },
  }
}

async function early(): Promise<Early['answers']> {
  await import('./early.ts')
  return (globalThis as unknown as { readonly sluiceEarly: Early }).sluiceEarly.answers
}

const written = (language: string, ...names: readonly string[]) => ({
  language,
  answers: names.map((name) => ({
    url: `/api/v1/${name}`,
    etag: '"7"',
    position: 'b-7',
    body: JSON.stringify({ ...answered, from: 'the page' }),
  })),
})
const all = ['setup', 'session', 'flows/leads', 'flows/leads/status'] as const

test('what the server wrote into the page is not asked again', async () => {
  const { end } = page(written('en', ...all))
  const answers = await early()
  expect(answers.size).toBe(0)
  end()
  await vi.advanceTimersByTimeAsync(100)
  expect(asked).toEqual([])
  expect([...answers.keys()]).toEqual(all.map((name) => `/api/v1/${name}`))
  const flow = await answers.get('/api/v1/flows/leads')
  expect(flow?.headers.get('etag')).toBe('"7"')
  expect(flow?.headers.get('sluice-position')).toBe('b-7')
  expect(await flow?.json()).toMatchObject({ from: 'the page' })
})

test('what is missing in the page, or written in another language, is asked for', async () => {
  page(written('en', 'setup', 'session', 'flows/leads/status')).end()
  await early()
  await vi.advanceTimersByTimeAsync(100)
  expect(asked).toEqual(['flows/leads'])

  asked.length = 0
  vi.resetModules()
  page(written('zh-CN', ...all)).end()
  await early()
  await vi.advanceTimersByTimeAsync(100)
  expect(asked).toEqual([...all])
})

test('a page without answers has them asked for at once, and what the service worker keeps passes through it', async () => {
  page(null)
  await early()
  await vi.advanceTimersByTimeAsync(100)
  expect(asked).toEqual([...all])

  asked.length = 0
  vi.resetModules()
  vi.stubGlobal('navigator', { languages: ['en'], serviceWorker: { controller: {} } })
  page(written('en', ...all)).end()
  await early()
  await vi.advanceTimersByTimeAsync(100)
  expect(asked).toEqual(['setup', 'session'])
})

test('the frame that stands until the first drawing has the chosen colours, and the width it will be drawn in', async () => {
  const { dataset } = page(null)
  await early()
  expect(dataset).toEqual({ theme: 'dark', rail: 'narrow' })
})
