import { customerData } from './customer-data.ts'
import { withdrawals } from './withdrawals.ts'

/** What the screens about customers and their withdrawals say. */
export const customers = { ...customerData, ...withdrawals } as const
