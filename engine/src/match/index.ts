export { type EventMatch, listenersFor, type Matched, type MatchFailure, matchEvent } from './match-event.ts'
export { buildTriggerIndex, type Listener, type TriggerIndex, type TriggerRuntime } from './trigger-index.ts'
export { typeFits } from './type-pattern.ts'
