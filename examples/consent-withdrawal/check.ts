import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { Client } from './client.ts'
import type { Person } from './people.ts'

export interface Withdrawal {
  readonly id: string
  readonly customer: string
  readonly state: string
  readonly receivedAt: string
  readonly steps: readonly { readonly name: string; readonly state: string; readonly doneAt: string | null }[]
  readonly receipt: string | null
  readonly escaped: readonly { readonly dispatched: string }[]
}

/** What one customer took back, and which field must be gone for it. */
export interface Expectation {
  readonly person: Person
  readonly channel: 'wechat' | 'preference page'
  readonly frozenField: 'mobile' | 'budget'
  /** Values that must not appear in any live strategy any more. */
  readonly gone: readonly string[]
}

/** Everything that is not as promised, in words without personal data. Empty: all of it is. */
export async function faultsOf(client: Client, expected: Expectation, withdrawal: Withdrawal, key: KeyObject): Promise<string[]> {
  const { id } = expected.person
  const faults: string[] = []
  if (withdrawal.state !== 'completed') faults.push(`${id}: state is ${withdrawal.state}`)
  for (const step of withdrawal.steps) if (step.state !== 'done') faults.push(`${id}: step ${step.name} is ${step.state}`)
  if (withdrawal.escaped.some((it) => it.dispatched === 'after_fence')) faults.push(`${id}: something left after the fence`)
  if (!isSigned(withdrawal.receipt, key)) faults.push(`${id}: the receipt is missing or not signed by this server`)
  const customer = await client.get<{ fields: { readonly [name: string]: unknown } }>(`/customers/${id}`)
  if (JSON.stringify(customer.fields[expected.frozenField]) !== '{"$masked":"frozen"}')
    faults.push(`${id}: ${expected.frozenField} is not frozen`)
  const strategies = await client.get<{ items: readonly { state: string }[] }>(`/customers/${id}/strategies`)
  const live = strategies.items.filter((it) => it.state === 'live')
  if (live.length !== 1) faults.push(`${id}: ${live.length} live strategies`)
  if (expected.gone.some((value) => JSON.stringify(live).includes(value))) faults.push(`${id}: the strategy still knows what was withdrawn`)
  const messages = await client.get<{ items: readonly { state: string }[] }>(`/messages?customer=${id}`)
  if (!messages.items.some((it) => it.state === 'suppressed' || it.state === 'blocked'))
    faults.push(`${id}: the queued message was not cancelled`)
  if (messages.items.some((it) => it.state === 'queued')) faults.push(`${id}: a message is still queued`)
  return faults
}

/** The receipt is a JWS with algorithm EdDSA; this is all it takes to check one. */
function isSigned(receipt: string | null, key: KeyObject): boolean {
  const [head = '', body = '', signature = ''] = receipt?.split('.') ?? []
  return signature !== '' && verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))
}

export async function receiptKey(client: Client): Promise<KeyObject> {
  const { keys } = await client.get<{ keys: readonly object[] }>('/withdrawals/receipt-key')
  return createPublicKey({ key: keys[0] as never, format: 'jwk' })
}
