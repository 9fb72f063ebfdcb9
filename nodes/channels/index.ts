import { definePack } from '@sluice/sdk'
import { errors } from './errors.ts'

export { revokedCategories } from './domain/revoke-info.ts'
export { channelEventType } from './domain/wechat-event.ts'

/** The doors of other platforms: what they push comes in here, checked, deduplicated, and in our words. */
export const channelsPack = definePack({
  id: 'channels',
  label: { en: 'Channels', 'zh-CN': '渠道' },
  requires: ['consent', 'crm'],
  nodes: [],
  events: [
    {
      type: 'channel.wechat.authorization_changed',
      label: { en: 'WeChat authorisation changed', 'zh-CN': '微信授权变更' },
      sample: {
        event: 'user_authorization_revoke',
        appId: 'wx0123456789abcdef',
        openid: 'o-77',
        revokeInfo: '8',
        createTime: 1_772_420_399,
        customer: 'c-1001',
      },
    },
  ],
  errors,
})
