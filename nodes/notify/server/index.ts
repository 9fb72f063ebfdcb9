import { definePackServer } from '@sluice/sdk/server'
import { alerts, channels, messages } from '../domain/tables.ts'
import { acknowledgeAlert, escalateAlert, noteWebhook } from './acknowledge.ts'
import { connectChannel, disconnectChannel } from './channels.ts'
import { messageCustomer } from './customer.ts'
import { forgetAlerts } from './forget.ts'
import { sendAlert, sendMessage } from './outgoing.ts'
import { raiseAlert } from './raise.ts'
import { alertRep } from './rep.ts'
import { routes } from './routes.ts'
import { settleMessage, suppressMessages } from './settle-message.ts'

/** Inbox, messages and channels. */
export const notifyServer = definePackServer({
  id: 'notify',
  tables: [alerts, messages, channels],
  commands: {
    'alerts.raise': raiseAlert,
    'alerts.acknowledge': acknowledgeAlert,
    'alerts.escalate': escalateAlert,
    'alerts.webhook-done': noteWebhook,
    'messages.settle': settleMessage,
    'messages.suppress': suppressMessages,
    'notify.forget': forgetAlerts,
    'notify.connect': connectChannel,
    'notify.disconnect': disconnectChannel,
  },
  steps: { 'notify.rep': alertRep, 'notify.customer': messageCustomer },
  outside: {
    'notify.customer': { touches: 'person', effectKind: 'message', act: sendMessage },
    'notify.alert-webhook': { touches: 'nobody', act: sendAlert },
  },
  routes,
})
