import type { WriteContext } from '@sluice/sdk/server'
import { refuse } from '../http/errors/refusal.ts'
import { pushLimits } from '../push/limits.ts'
import { type PushSettings, pushSetting, pushTopic } from '../push/settings.ts'
import { pushKeys, pushSubscriptions } from './push-tables.ts'
import { settings } from './tables.ts'

/** Command `push.keep-keys`: the first pair stays; browsers are bound to it. */
export function keepPushKeys(
  { records, now }: WriteContext,
  { publicKey, sealed }: { readonly publicKey: string; readonly sealed: string },
): void {
  if (records.find(pushKeys, { id: 'vapid' }) === null) records.insert(pushKeys, { id: 'vapid', publicKey, sealed, createdAt: now })
}

/** Command `push.set`. Switched off, every browser is forgotten: nothing may be sent to it later without being asked anew. */
export function setPush(context: WriteContext, value: PushSettings): void {
  context.records.upsert(settings, { name: pushSetting, value, updatedAt: context.now })
  if (!value.on) context.records.delete(pushSubscriptions, {})
  changed(context)
  context.audit('setting.changed', { setting: pushSetting, switched: value.on ? 'on' : 'off' })
}

/** Command `push.subscribe`: a browser belongs to whoever used it last. */
export function subscribePush(
  context: WriteContext,
  { id, sealed }: { readonly id: string; readonly sealed: string },
): { readonly id: string } {
  const { records, actor, now } = context
  const known = records.find(pushSubscriptions, { id })
  const limit = pushLimits.devicesPerPersonMax
  if (known?.person !== actor.id && records.count(pushSubscriptions, { person: actor.id }) >= limit)
    throw refuse('SLU_PUSH_LIMIT', { values: { limit } })
  records.upsert(pushSubscriptions, { id, person: actor.id, sealed, createdAt: known?.createdAt ?? now, failures: 0 })
  changed(context)
  return { id }
}

/** Command `push.forget`: one's own browser, or one whose push service knows it no more. */
export function forgetPush(context: WriteContext, { id, person }: { readonly id: string; readonly person: string | null }): void {
  context.records.delete(pushSubscriptions, { id, ...(person === null ? {} : { person }) })
  changed(context)
}

/** Command `push.count`: whether the last push was taken; a browser that takes none for long is forgotten. */
export function countPush(context: WriteContext, { id, taken }: { readonly id: string; readonly taken: boolean }): void {
  const { records } = context
  const known = records.find(pushSubscriptions, { id })
  if (known === null || (taken && known.failures === 0)) return
  const failures = taken ? 0 : known.failures + 1
  if (failures >= pushLimits.failuresMax) forgetPush(context, { id, person: null })
  else records.update(pushSubscriptions, { id }, { failures })
}

/** The sender reads its browsers anew; no screen hears this topic. */
function changed(context: WriteContext): void {
  context.notify(pushTopic, {})
}
