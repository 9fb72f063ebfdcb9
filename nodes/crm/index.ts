import { definePack, words } from '@sluice/sdk'
import { salesEvents } from './domain/events.ts'
import { errors } from './errors.ts'
import { applyDiscount } from './nodes/apply-discount.ts'
import { dateField } from './nodes/date-field.ts'
import { freezeFields } from './nodes/freeze-fields.ts'
import { getCustomer } from './nodes/get-customer.ts'
import { updateCustomer } from './nodes/update-customer.ts'

export { dataWords } from './domain/data-words.ts'
export { type FieldDefinition, fieldMask, type Pii, shippedFields, undescribed } from './domain/fields.ts'
export { isMasked, type Masked, type Reader, viewField } from './domain/view.ts'

/** Customers and reps, with fields that freeze. */
export const crmPack = definePack({
  id: 'crm',
  label: words('Customers', '客户'),
  requires: ['consent', 'masking'],
  events: salesEvents,
  nodes: [dateField, getCustomer, updateCustomer, freezeFields, applyDiscount],
  errors,
})
