export type { EventInput, NodeOutcome, PureContext, StepContext, Use, WriteContext } from '@sluice/engine/worker'
export * from './node.ts'
export * from './outcome.ts'
export * from './pack.ts'
