import { definePackServer } from '@sluice/sdk/server'

/** Masking keeps nothing and acts on nothing. */
export const maskingServer = definePackServer({ id: 'masking', tables: [] })
