import type { Json } from '@sluice/flows'
import type { WriteContext } from '@sluice/sdk/server'

/** Command `runs.start` → `{ run }`: by hand, at the named trigger or the flow's manual one. */
export function startRun(
  context: WriteContext,
  { flow, trigger, input }: { readonly flow: string; readonly trigger?: string | null; readonly input?: Json },
): { readonly run: string } {
  const run = context.runs.start(flow, trigger ?? null, input ?? null, null)
  context.audit('run.started-by-hand', { run, flow })
  return { run }
}

/** Command `runs.cancel` → `{ cancelled }`, false when it had already ended. */
export function cancelRun(
  context: WriteContext,
  payload: { readonly run: string; readonly reason?: string; readonly compensate?: boolean },
): { readonly cancelled: boolean } {
  const result = context.command<{ readonly cancelled: boolean }>('engine.run.cancel', payload)
  if (result.cancelled) context.audit('run.cancelled', { run: payload.run, ...(payload.compensate === true ? { compensate: 'true' } : {}) })
  return result
}

/** Command `runs.retry`. */
export function retryRun(context: WriteContext, { run }: { readonly run: string }): void {
  context.command('engine.run.retry', { run })
  context.audit('run.retried', { run })
}
