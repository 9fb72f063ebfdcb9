import { defineTable } from '@sluice/sdk/server'

/** What the demo made, so that exactly that can be taken away again. */
export interface DemoRow {
  readonly kind: 'customer' | 'rep'
  readonly id: string
}

export const demoRows = defineTable<DemoRow>({
  name: 'demo_rows',
  columns: { kind: { type: 'text' }, id: { type: 'text' } },
  primaryKey: ['kind', 'id'],
})
