import type { WriteContext } from '@sluice/sdk/server'
import { revokedCategories } from '../domain/revoke-info.ts'
import { channelEventType, pushKey, type WechatEvent } from '../domain/wechat-event.ts'

/** What a withdrawal covers, in the consent pack's words. */
type Taken = { readonly all: true } | { readonly categories: readonly string[] }

/**
 * Command `channels.wechat-push`: one authorisation push, in one transaction: the event flows may listen to, and the withdrawal
 * it means. Someone we do not know yet is remembered by digest and served the moment the identity appears.
 */
export function takePush(
  context: WriteContext,
  payload: WechatEvent & { readonly receivedAt: number },
): { readonly repeated: boolean; readonly withdrawal: string | null } {
  const { receivedAt, ...push } = payload
  const key = pushKey(push)
  const customer =
    context.command<{ readonly customer: string } | null>('crm.find-identity', { kind: 'wechat', value: push.openid })?.customer ?? null
  const emitted = context.emit({
    id: key,
    source: `wechat:${push.appId}`,
    type: channelEventType,
    subject: customer,
    time: new Date(push.createTime * 1000).toISOString(),
    data: { ...push, customer },
  })
  if (emitted.repeated || push.event === 'user_info_modified') return { repeated: emitted.repeated, withdrawal: null }
  return {
    repeated: false,
    withdrawal: customer === null ? remember(context, push, key) : withdraw(context, push, key, customer, receivedAt),
  }
}

function takenBy(push: WechatEvent): Taken {
  if (push.event === 'user_authorization_cancellation') return { all: true }
  const revoked = revokedCategories(push.revokeInfo)
  return revoked.all ? { all: true } : { categories: revoked.categories }
}

function withdraw(context: WriteContext, push: WechatEvent, key: string, customer: string, receivedAt: number): string {
  const { withdrawal } = context.command<{ readonly withdrawal: string }>('consent.withdraw', {
    customer,
    ...takenBy(push),
    channel: 'wechat',
    receivedAt,
    occurredAt: push.createTime * 1000,
    language: 'zh-CN',
    sourceKey: key,
    ...(push.event === 'user_authorization_cancellation' ? { erase: true } : {}),
  })
  return withdrawal
}

function remember(context: WriteContext, push: WechatEvent, key: string): null {
  context.command('consent.keep-pending', { kind: 'wechat', value: push.openid, scope: takenBy(push), sourceKey: key })
  return null
}
