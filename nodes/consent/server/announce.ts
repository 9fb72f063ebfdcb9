import type { WriteContext } from '@sluice/sdk/server'
import { cellsOf, type Mask } from '../domain/grid.ts'
import type { CustomerBrief } from './subject.ts'

const consentChanged = 'sluice.consent.changed'

/** Tells every flow and screen, in the transaction of the change itself. Gives the runs that it started. */
export function announce(
  context: WriteContext,
  change: {
    readonly change: 'granted' | 'withdrawn' | 'expired'
    readonly customer: CustomerBrief
    readonly mask: Mask
    readonly session: string | null
    readonly epoch: number
    readonly channel: string
    readonly withdrawal: string | null
    readonly categories?: readonly string[]
  },
): readonly { readonly flow: string; readonly run: string }[] {
  const cells = cellsOf(change.mask)
  const { id, name, owner, language } = change.customer
  const { runs } = context.emit({
    source: '/sluice/consent',
    type: consentChanged,
    subject: id,
    data: {
      change: change.change,
      customer: { id, name, owner, language },
      purposes: [...new Set(cells.map((cell) => cell.purpose))],
      scenes: [...new Set(cells.map((cell) => cell.scene))],
      cells: cells.map((cell) => ({ ...cell })),
      categories: [...(change.categories ?? [])],
      session: change.session,
      epoch: change.epoch,
      withdrawal: change.withdrawal,
      channel: change.channel,
    },
  })
  context.notify('customers', { customer: id, change: change.change, epoch: change.epoch })
  return runs
}
