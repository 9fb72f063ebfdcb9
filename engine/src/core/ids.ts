/** A string that cannot be mistaken for another kind of id. */
export type Id<Kind extends string> = string & { readonly __kind?: Kind }

export type RunId = Id<'Run'>
export type NodeId = Id<'Node'>
/** Pure function of the run's history (`t1`, `t2`, …), so it can serve in idempotency keys. */
export type TokenId = Id<'Token'>
export type ScopeId = Id<'Scope'>
export type TimerId = Id<'Timer'>
export type TaskId = Id<'Task'>
export type UserId = Id<'User'>
export type Port = string

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number
