import type { GuardedFetch } from '../dispatch/guarded-fetch.ts'
import { pushLimits } from './limits.ts'

/** What a browser hands out, as it is sealed in the store. */
export interface Target {
  readonly endpoint: string
  readonly keys: { readonly p256dh: string; readonly auth: string }
}

export interface Sender {
  readonly publicKey: string
  readonly privateKey: string
  /** `mailto:` or `https:`. */
  readonly contact: string
}

/** `gone`: the push service knows this browser no more. */
export type Outcome = 'taken' | 'gone' | 'failed'

/**
 * One message, encrypted for one browser (RFC 8291) and signed as ours (RFC 8292). The library makes the request; it leaves through our
 * guarded way out, never through a socket of the library.
 */
export async function sendPush(
  fetch: GuardedFetch['fetch'],
  target: Target,
  sender: Sender,
  { payload, topic }: { readonly payload: string; readonly topic: string },
): Promise<Outcome> {
  const { default: webPush } = await import('web-push')
  const { endpoint, method, headers, body } = webPush.generateRequestDetails(
    { endpoint: target.endpoint, keys: { ...target.keys } },
    payload,
    {
      vapidDetails: { subject: sender.contact, publicKey: sender.publicKey, privateKey: sender.privateKey },
      TTL: pushLimits.keptSecondsMax,
      urgency: 'normal',
      topic,
      contentEncoding: 'aes128gcm',
    },
  )
  const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
  const { status } = await fetch(endpoint, { method, headers: plain, body, timeoutMs: pushLimits.sendMsMax })
  if (status === 404 || status === 410) return 'gone'
  return status >= 200 && status < 300 ? 'taken' : 'failed'
}
