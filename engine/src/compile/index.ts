export { type Compilation, type CompileOptions, compileFlow } from './compile-flow.ts'
export type { NodeTypeFacts, NodeTypes, PortFacts } from './facts.ts'
export type { Proof } from './proofs.ts'
export { type FlowUse, usesOf } from './uses.ts'
