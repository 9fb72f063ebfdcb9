/** What one run did, step by step. */
export function RunReplayScreen({ runId }: { readonly runId: string }) {
  return <h1>{runId}</h1>
}
