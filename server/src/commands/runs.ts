import type { Json, JsonObject } from '@sluice/flows'
import type { WriteContext } from '@sluice/sdk/server'

/** Command `runs.start` → `{ run }`: by hand, at the named trigger or the flow's manual one. */
export function startRun(
  context: WriteContext,
  { flow, trigger, input }: { readonly flow: string; readonly trigger?: string | null; readonly input?: Json },
): { readonly run: string } {
  const run = context.runs.start(flow, trigger ?? null, input ?? null, null, customerIn(context, input))
  context.audit('run.started-by-hand', { run, flow })
  return { run }
}

/** A run by hand is about the customer its input names, so that a withdrawal finds it. A name that is nobody’s is data like any other. */
function customerIn(context: WriteContext, input: Json | undefined): string | null {
  const named = memberOf(input, 'customer')
  const id = memberOf(named, 'id') ?? named
  if (typeof id !== 'string' || !/^[A-Za-z0-9][\w.:-]{0,127}$/.test(id)) return null
  return context.command<{ readonly id: string } | null>('crm.find-customer', { id })?.id ?? null
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject)[name] : undefined
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
