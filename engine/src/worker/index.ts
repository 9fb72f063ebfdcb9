export type * from './context.ts'
export type * from './ports.ts'
export * from './records.ts'
