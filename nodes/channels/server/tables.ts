import { defineTable } from '@sluice/sdk/server'

/** One connected mini program or official account. */
export interface WechatAppRow {
  readonly appId: string
  readonly name: string
  /** Sealed. */
  readonly token: string
  /** Sealed: 43 characters of the platform's settings page; null while pushes come unencrypted. */
  readonly encodingAesKey: string | null
  readonly updatedAt: number
}

export const wechatApps = defineTable<WechatAppRow>({
  name: 'channel_wechat_apps',
  columns: {
    appId: { type: 'text' },
    name: { type: 'text' },
    token: { type: 'text' },
    encodingAesKey: { type: 'text', nullable: true },
    updatedAt: { type: 'integer' },
  },
  primaryKey: ['appId'],
})
