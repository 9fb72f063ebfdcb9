import { cellsOf } from '../../domain/grid.ts'
import { signReceipt } from '../receipt-key.ts'
import type { Step, Withdrawal } from '../tables.ts'

/** What stays although consent ended, and why: the evidence of consent itself, contract and tax records, the entry that keeps the contact out. */
const kept = ['consent_evidence', 'contract_and_tax_records', 'suppression_entry']

/** What the customer or an auditor holds in hand: what ended, when, what was stopped and what had already left. Ids only, no clear data. */
export function sealReceipt(withdrawal: Withdrawal, steps: readonly Step[]): string {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  return signReceipt({
    format: 'sluice/withdrawal-receipt@1',
    withdrawal: withdrawal.id,
    customer: withdrawal.customer,
    kind: withdrawal.kind,
    ended: cellsOf(withdrawal.cutMask),
    session: withdrawal.scope.session ?? null,
    categories: withdrawal.scope.categories ?? [],
    consents: withdrawal.consents,
    epoch: withdrawal.epoch,
    receivedAt: iso(withdrawal.receivedAt),
    fencedAt: iso(withdrawal.fencedAt),
    completedAt: iso(withdrawal.completedAt),
    state: withdrawal.state,
    steps: steps.filter((it) => it.name !== 'receipt').map((it) => ({ name: it.name, state: it.state, doneAt: iso(it.doneAt) })),
    stopped: withdrawal.stopped,
    escaped: withdrawal.escaped,
    kept,
  })
}
