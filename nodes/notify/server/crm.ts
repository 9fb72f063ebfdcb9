import type { WriteContext } from '@sluice/sdk/server'

/** The rep who owns a customer, or null. */
export function ownerOf(context: WriteContext, customer: string): string | null {
  return context.command<{ readonly owner: string | null } | null>('crm.find-customer', { id: customer })?.owner ?? null
}

/** Who stands in for a rep, or null. */
export function deputyOf(context: WriteContext, rep: string): string | null {
  return context.command<{ readonly deputy?: string | null } | null>('crm.find-rep', { id: rep })?.deputy ?? null
}
