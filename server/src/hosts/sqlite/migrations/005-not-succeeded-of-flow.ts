import type { Migration } from './index.ts'

/** Counting a flow's live runs, and finding its failed ones, takes no look at those that went well. */
export const notSucceededOfFlow: Migration = {
  number: 5,
  name: 'runs of a flow that did not succeed',
  sql: "CREATE INDEX runs_not_succeeded_of_flow ON runs (flow, status, id, version) WHERE status <> 'succeeded';",
}
