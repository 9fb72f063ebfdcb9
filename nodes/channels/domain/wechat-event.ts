/** CloudEvents type under which flows see every change of authorisation that WeChat tells us. */
export const channelEventType = 'channel.wechat.authorization_changed'

/** One push about a person's authorisation. */
export interface WechatEvent {
  readonly event: 'user_authorization_revoke' | 'user_authorization_cancellation' | 'user_info_modified'
  readonly appId: string
  readonly openid: string
  /** Seconds since 1970, the platform's clock. */
  readonly createTime: number
  readonly revokeInfo: string
}

/** The same push again, however often the platform repeats it, has this same key. */
export function pushKey(event: WechatEvent): string {
  return `wechat:${event.appId}:${event.openid}:${event.event}:${event.createTime}:${event.revokeInfo}`
}

const kinds = ['user_authorization_revoke', 'user_authorization_cancellation', 'user_info_modified'] as const

/** Picks what matters from a push's fields; null for the platform's many other messages, which get `success` and no more. */
export function readWechatEvent(fields: { readonly [name: string]: string }, appId: string): WechatEvent | null | 'malformed' {
  const kind = kinds.find((it) => it === fields.Event)
  if (fields.MsgType !== 'event' || kind === undefined) return null
  const openid = fields.OpenID || fields.FromUserName || ''
  const createTime = Number(fields.CreateTime)
  const foreign = fields.AppID !== undefined && fields.AppID !== '' && fields.AppID !== appId
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(openid) || !Number.isSafeInteger(createTime) || createTime <= 0 || foreign) return 'malformed'
  const revokeInfo = fields.RevokeInfo ?? ''
  if (revokeInfo.length > 200) return 'malformed'
  return { event: kind, appId, openid, createTime, revokeInfo }
}
