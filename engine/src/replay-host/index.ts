export type * from './durable-context.ts'
export type * from './ports.ts'
export { type DurableStart, runDurably } from './run-durably.ts'
