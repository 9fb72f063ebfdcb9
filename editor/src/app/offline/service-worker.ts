import { noticeOf } from './push-words.ts'

/**
 * Keeps the app's shell and the last answers about tasks, nothing else. The page itself is always asked for anew while there is a
 * network, and files carry their hash in the name, so an upgrade is never hidden by what is kept here. Shows what is pushed about tasks.
 */
declare const __SHELL__: readonly string[]
declare const __BUILD__: string

/** What of the worker's world is used; its types and the page's cannot stand in one project. */
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface WorkerFetch extends WorkerEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface WorkerPush extends WorkerEvent {
  readonly data: { text(): string } | null
}
interface WorkerClick extends WorkerEvent {
  readonly notification: Notification
}
interface Page {
  readonly url: string
  focus(): Promise<unknown>
  navigate(url: string): Promise<unknown>
}
interface Worker {
  readonly location: Location
  readonly clients: {
    claim(): Promise<void>
    matchAll(which: { readonly type: 'window' }): Promise<readonly Page[]>
    openWindow(url: string): Promise<unknown>
  }
  readonly registration: { showNotification(title: string, options: NotificationOptions): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', act: (event: WorkerEvent) => void): void
  addEventListener(type: 'fetch', act: (event: WorkerFetch) => void): void
  addEventListener(type: 'push', act: (event: WorkerPush) => void): void
  addEventListener(type: 'notificationclick', act: (event: WorkerClick) => void): void
}

const worker = globalThis as unknown as Worker
const shell = `sluice-shell-${__BUILD__}`
const answers = 'sluice-answers'
/** An answer older than this is not shown: what was true yesterday decides nothing today. */
const answerAgeMsMax = 24 * 3_600_000
const answersMax = 300
/** Names of flows too, which the list of tasks tells; never customers, whose consent may end meanwhile. */
const kept = /^\/api\/v1\/(setup$|session$|people$|reps$|flows$|flow-names$|tasks(\/[^/]+)?$)/
const keptAt = 'sluice-kept-at'

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(shell)
      .then((cache) => cache.addAll(['/', ...__SHELL__]))
      .then(() => worker.skipWaiting()),
  )
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name.startsWith('sluice-shell-') && name !== shell).map((name) => caches.delete(name))),
      )
      .then(() => worker.clients.claim()),
  )
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => orFail(caches.match('/', { cacheName: shell }))))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(fromShell(request))
  else if (kept.test(url.pathname)) event.respondWith(newestAnswer(request))
})

worker.addEventListener('push', (event) => {
  const { title, body, lang, url, tag } = noticeOf(event.data?.text())
  event.waitUntil(worker.registration.showNotification(title, { body, lang, tag, icon: '/icon-192.png', data: { url } }))
})

worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const { url = '/tasks' } = (event.notification.data ?? {}) as { readonly url?: string }
  event.waitUntil(openTask(url))
})

/** In a window that already shows the inbox; one where something else is worked on is left alone. */
async function openTask(url: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: 'window' })
  const inbox = pages.find((page) => /^\/tasks(\/|$)/.test(new URL(page.url).pathname))
  if (inbox === undefined) await worker.clients.openWindow(url)
  else {
    await inbox.focus()
    await inbox.navigate(url)
  }
}

/** A name with a hash never means another file. */
async function fromShell(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: shell })) ?? fetch(request)
}

/** From the network while there is one; a refusal is an answer too and takes the kept one away. */
async function newestAnswer(request: Request): Promise<Response> {
  const cache = await caches.open(answers)
  try {
    const answer = await fetch(request)
    if (answer.ok) await keepAnswer(cache, request, answer.clone())
    else if (answer.status === 401) await caches.delete(answers)
    else if (answer.status < 500) await cache.delete(request)
    return answer
  } catch (error) {
    const found = (await cache.match(request)) ?? (await namesKept(cache, request))
    if (found === undefined || !isFresh(found)) throw error
    return found
  }
}

/** Names are asked for by the keys a list shows; another list of keys finds what earlier ones brought, whatever it asked for. */
async function namesKept(cache: Cache, request: Request): Promise<Response | undefined> {
  if (!request.url.includes('/api/v1/flow-names?')) return
  const kept = (await cache.matchAll(request, { ignoreSearch: true })).filter(isFresh)
  const newest = kept.at(-1)
  if (newest === undefined) return
  const pages = await Promise.all(kept.map((one) => one.json() as Promise<{ readonly items: readonly unknown[] }>))
  const items = pages.flatMap((page) => page.items).reverse()
  return Response.json({ items, next: null }, { headers: { [keptAt]: newest.headers.get(keptAt) ?? '' } })
}

function isFresh(answer: Response): boolean {
  return Date.now() - Number(answer.headers.get(keptAt)) <= answerAgeMsMax
}

async function keepAnswer(cache: Cache, request: Request, answer: Response): Promise<void> {
  const headers = new Headers(answer.headers)
  headers.set(keptAt, String(Date.now()))
  await cache.put(request, new Response(await answer.blob(), { status: answer.status, headers }))
  const all = await cache.keys()
  await Promise.all(all.slice(0, Math.max(0, all.length - answersMax)).map((old) => cache.delete(old)))
}

async function orFail(found: Promise<Response | undefined>): Promise<Response> {
  return (await found) ?? Response.error()
}
