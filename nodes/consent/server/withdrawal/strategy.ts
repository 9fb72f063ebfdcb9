import type { WriteContext } from '@sluice/sdk/server'
import type { Withdrawal } from '../tables.ts'

interface Strategy {
  readonly id: string
  readonly at: number
  readonly origin: string
}

/** The strategy that was written after this fence, if there is one. The old ones were superseded with the fence itself. */
export function newStrategy(context: WriteContext, withdrawal: Withdrawal): { at: number; proof: { [key: string]: string } } | null {
  const found = context.command<Strategy | null>('ai.find-strategy', { customer: withdrawal.customer, epoch: withdrawal.epoch })
  return found === null ? null : { at: found.at, proof: { strategy: found.id, origin: found.origin } }
}

/** The rules write one at once, from what is left. */
export function regenerate(context: WriteContext, withdrawal: Withdrawal): boolean {
  context.command('ai.regenerate', { customer: withdrawal.customer, cause: withdrawal.id })
  return true
}
