import { definePack, words } from '@sluice/sdk'
import { errors } from './errors.ts'
import { notifyCustomer } from './nodes/customer.ts'
import { notifyRep } from './nodes/rep.ts'

export { type AlertRow, alerts, type MessageRow, type MessageState, messages } from './domain/tables.ts'

/** Alerts to reps, messages to customers. */
export const notifyPack = definePack({
  id: 'notify',
  label: words('Alerts and messages', '提醒与消息'),
  requires: ['crm', 'masking'],
  nodes: [notifyRep, notifyCustomer],
  errors,
})
