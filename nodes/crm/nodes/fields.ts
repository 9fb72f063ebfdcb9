import { help, ui } from '@sluice/sdk'
import { Type } from 'typebox'

/** Config fields several crm nodes share. */
export const customerField = Type.Optional(
  Type.String({
    ...ui('customer', 'Customer', '客户'),
    ...help('Empty: the customer this run is about.', '留空：本次运行所涉客户。'),
    maxLength: 2_000,
  }),
)

export const fieldNames = Type.Array(Type.String({ maxLength: 64 }), { ...ui('fields', 'Fields', '字段'), minItems: 1, maxItems: 64 })
