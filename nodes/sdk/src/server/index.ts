export { fnv1a } from '@sluice/engine/core'
export type {
  Actor,
  EffectKind,
  EffectPermit,
  Gate,
  GateAnswer,
  NobodyPermit,
  NodeOutcome,
  PermitEnd,
  PermitId,
  PersonPermit,
  Query,
  ReceivedEvent,
  Records,
  RecordsReader,
  StepContext,
  TableDefinition,
  Use,
  Where,
  WriteContext,
} from '@sluice/engine/worker'
export { defineTable } from '@sluice/engine/worker'
export * from '../runtime.ts'
export * from './code.ts'
export * from './compose.ts'
export * from './outside.ts'
export * from './pack-server.ts'
export * from './page.ts'
export * from './person.ts'
export * from './problem.ts'
export * from './sight.ts'
