import { api } from '../api/index.ts'

/** The id under which the server knows this browser; it is of use to nobody else. */
const idKey = 'sluice.push.device'

export interface PushView {
  readonly on: boolean
  readonly key: string | null
  readonly devices: readonly { readonly id: string; readonly createdAt: string }[]
}

/** What stands in the way in this browser: it cannot, it may not, or (iPhone, iPad) only once it is on the home screen. */
export type PushObstacle = 'unsupported' | 'install' | 'denied' | 'insecure'

export const readPush = (signal?: AbortSignal) => api.get<PushView>('/push', undefined, signal)

export function pushObstacle(): PushObstacle | null {
  if (!window.isSecureContext) return 'insecure'
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window))
    return isApplePhone() ? 'install' : 'unsupported'
  return Notification.permission === 'denied' ? 'denied' : null
}

function isApplePhone(): boolean {
  return /iP(hone|ad|od)/.test(navigator.userAgent) || (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1)
}

/** This browser is among the devices of whoever is signed in. */
export function isTold({ devices }: PushView): boolean {
  const id = localStorage.getItem(idKey)
  return id !== null && devices.some((device) => device.id === id)
}

/** Asks the person, then the browser, then tells the server. Throws what the person did not want as `NotAllowedError`. */
export async function startPush(key: string): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') throw new DOMException('', 'NotAllowedError')
  const { pushManager } = await navigator.serviceWorker.ready
  // One made with another key belongs to another workspace, or to a time before the store was made anew.
  const old = await pushManager.getSubscription()
  if (old !== null && !isMadeWith(old, key)) await old.unsubscribe()
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) })
  const { endpoint, keys } = subscription.toJSON()
  try {
    const { id } = await api.post<{ readonly id: string }>('/push/subscriptions', { endpoint, keys })
    localStorage.setItem(idKey, id)
  } catch (problem) {
    await subscription.unsubscribe()
    throw problem
  }
}

/** The server first: a browser that is still subscribed there would be told on. */
export async function stopPush(): Promise<void> {
  const id = localStorage.getItem(idKey)
  if (id === null) return
  await api.delete<void>(`/push/subscriptions/${encodeURIComponent(id)}`)
  localStorage.removeItem(idKey)
  const registration = await navigator.serviceWorker.getRegistration()
  await (await registration?.pushManager.getSubscription())?.unsubscribe()
}

function isMadeWith({ options }: PushSubscription, key: string): boolean {
  const made = options.applicationServerKey
  return made !== null && String(new Uint8Array(made)) === String(bytesOf(key))
}

function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
}
