import { problem, type WriteContext } from '@sluice/sdk/server'
import { seal } from './secrets.ts'
import { wechatApps } from './tables.ts'

export interface AppSettings {
  readonly appId: string
  readonly name?: string
  readonly token: string
  readonly encodingAesKey?: string | null
}

/** Command `channels.wechat-connect`: makes or changes one app. The token is never shown again. */
export function connectApp(context: WriteContext, settings: AppSettings): { readonly appId: string } {
  const details = [
    ...(/^[A-Za-z0-9]{3,32}$/.test(settings.token) ? [] : [{ path: '/token', message: '3 to 32 letters and digits' }]),
    ...(settings.encodingAesKey == null || /^[A-Za-z0-9]{43}$/.test(settings.encodingAesKey)
      ? []
      : [{ path: '/encodingAesKey', message: '43 letters and digits' }]),
    ...(/^[A-Za-z0-9_-]{1,64}$/.test(settings.appId) ? [] : [{ path: '/appId', message: '1 to 64 letters and digits' }]),
  ]
  if (details.length > 0) throw problem('SLU_WECHAT_SETTINGS', 422, 'The settings of the WeChat app are not complete', details)
  context.records.upsert(wechatApps, {
    appId: settings.appId,
    name: settings.name ?? settings.appId,
    token: seal(settings.token),
    encodingAesKey: settings.encodingAesKey == null ? null : seal(settings.encodingAesKey),
    updatedAt: context.now,
  })
  context.audit('channels.wechat-connected', { app: settings.appId })
  context.notify('settings', { what: 'wechat' })
  return { appId: settings.appId }
}

/** Command `channels.wechat-disconnect`. Pushes of this app are refused from now on. */
export function disconnectApp(context: WriteContext, { appId }: { readonly appId: string }): void {
  if (context.records.delete(wechatApps, { appId }) === 0) throw problem('SLU_WECHAT_APP_UNKNOWN', 404, `No WeChat app ${appId}`)
  context.audit('channels.wechat-disconnected', { app: appId })
  context.notify('settings', { what: 'wechat' })
}
