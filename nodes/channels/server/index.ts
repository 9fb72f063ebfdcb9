import { definePackServer } from '@sluice/sdk/server'
import { connectApp, disconnectApp } from './apps.ts'
import { takePush } from './push.ts'
import { routes } from './routes.ts'
import { useKeyring } from './secrets.ts'
import { wechatApps } from './tables.ts'

export const channelsServer = definePackServer({
  id: 'channels',
  start: ({ keyring }) => useKeyring(keyring),
  tables: [wechatApps],
  commands: {
    'channels.wechat-connect': connectApp,
    'channels.wechat-disconnect': disconnectApp,
    'channels.wechat-push': takePush,
  },
  routes,
})
