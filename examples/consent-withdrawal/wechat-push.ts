import { createHash } from 'node:crypto'

/** One push of the platform, ready to be posted. */
export interface WechatPush {
  /** Query string with `signature`, `timestamp`, `nonce`, `openid`. */
  readonly query: string
  readonly body: string
}

export interface WechatApp {
  readonly appId: string
  readonly token: string
  /** The account's original id, `gh_…`. */
  readonly originalId: string
}

/**
 * A `user_authorization_revoke` push as the platform documents it (developers.weixin.qq.com, 授权用户信息变更): XML in plain mode,
 * `signature` = SHA-1 over the sorted token, timestamp and nonce. `revokeInfo` 8 is the mobile number, 301 everything.
 */
export function revokePush(app: WechatApp, openid: string, revokeInfo: string, atSeconds: number, nonce: string): WechatPush {
  const timestamp = String(atSeconds)
  const signature = createHash('sha1').update([app.token, timestamp, nonce].sort().join('')).digest('hex')
  const body = `<xml>
  <ToUserName><![CDATA[${app.originalId}]]></ToUserName>
  <FromUserName><![CDATA[${openid}]]></FromUserName>
  <CreateTime>${timestamp}</CreateTime>
  <MsgType><![CDATA[event]]></MsgType>
  <Event><![CDATA[user_authorization_revoke]]></Event>
  <OpenID><![CDATA[${openid}]]></OpenID>
  <AppID><![CDATA[${app.appId}]]></AppID>
  <RevokeInfo><![CDATA[${revokeInfo}]]></RevokeInfo>
</xml>`
  return { query: new URLSearchParams({ signature, timestamp, nonce, openid }).toString(), body }
}
