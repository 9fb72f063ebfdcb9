/** The ledger of permits: what was allowed to begin, on which consent, and how it ended (domain/CONSENT.md §2.13). */
import type { Gate, PermitEnd, PersonPermit, RecordsReader, WriteContext } from '@sluice/sdk/server'
import { categoriesNeeded } from '../domain/categories.ts'
import { isPurpose } from '../domain/grid.ts'
import { type Permit, permits, withdrawals } from './tables.ts'

type Asked = Parameters<Gate['check']>[1]

export function issue(
  context: WriteContext,
  effect: Asked,
  { id, use, issuedAt }: PersonPermit,
  ground: { readonly consent: string; readonly epoch: number },
): void {
  const categories: readonly string[] = isPurpose(use.purpose) ? categoriesNeeded(use.purpose, use.channel) : []
  context.records.insert(permits, {
    id,
    effect: effect.id,
    customer: use.subject,
    run: effect.run,
    node: effect.node,
    handler: effect.handler,
    effectKind: use.effectKind,
    purpose: use.purpose,
    scene: use.scene,
    session: use.session,
    channel: use.channel ?? null,
    recipient: use.recipient ?? null,
    categories,
    policyHash: effect.policyHash,
    consent: ground.consent,
    epochSeen: ground.epoch,
    issuedAt,
    state: 'issued',
    withdrawal: null,
    idempotencyKey: effect.idempotencyKey,
  })
}

/** Asked by the door before anything leaves: is exactly this still what was written down? */
export function isOpen(records: RecordsReader, { id, order, handler, use }: PersonPermit): boolean {
  const row = records.find(permits, { id })
  if (row === null || row.state !== 'issued' || row.effect !== order || row.handler !== handler) return false
  const same = row.customer === use.subject && row.purpose === use.purpose && row.scene === use.scene
  const sameWay = row.session === use.session && row.effectKind === use.effectKind && row.channel === (use.channel ?? null)
  return same && sameWay && row.recipient === (use.recipient ?? null)
}

/** A gate that looked into what leaves says which kinds of data it found there. */
export function noteCategories({ records }: Pick<WriteContext, 'records'>, permit: string, found: readonly string[]): void {
  const row = found.length === 0 ? null : records.find(permits, { id: permit })
  if (row === null) return
  const categories = [...new Set([...(row.categories ?? []), ...found])].sort()
  records.update(permits, { id: permit }, { categories })
}

/** Under which leave an act began: the last one it had. */
export function lastPermitOf({ records }: Pick<WriteContext, 'records'>, effect: string): Permit | null {
  const [last] = records.list(permits, {
    where: { effect },
    orderBy: [
      ['issuedAt', 'desc'],
      ['id', 'desc'],
    ],
    limit: 1,
  })
  return last ?? null
}

/** Under way when the withdrawal came: it may have left already. */
export function markEscaped(context: WriteContext, effect: string, withdrawal: string): void {
  for (const { id } of openOf(context, effect)) context.records.update(permits, { id }, { state: 'escaped', withdrawal })
}

export function closePermits(context: WriteContext, effect: string, end: PermitEnd): void {
  for (const permit of openOf(context, effect)) {
    const state = stateAfter(permit, end)
    if (state === permit.state) continue
    context.records.update(permits, { id: permit.id }, { state })
    if (state === 'recalled' && permit.withdrawal !== null) takeOffReceipt(context, permit.withdrawal, effect)
  }
}

/** What a withdrawal found under way stays escaped, unless the door can swear that nothing left. */
function stateAfter({ state }: Permit, end: PermitEnd): Permit['state'] {
  if (state === 'escaped') return end === 'unsent' ? 'recalled' : 'escaped'
  return end === 'done' ? 'acked' : end === 'unsent' ? 'cancelled' : 'dispatched'
}

/** Those without an end, and those a withdrawal may still take off its list. */
function openOf({ records }: WriteContext, effect: string): readonly Permit[] {
  const named = records.list(permits, { where: { effect }, limit: 1_000 })
  const first = named.length === 0 ? records.find(permits, { id: effect }) : null
  return [...named, ...(first === null ? [] : [first])].filter(({ state }) => state === 'issued' || state === 'escaped')
}

/** The door had not acted yet when the fence rose: what counted as escaped was stopped after all. */
function takeOffReceipt(context: WriteContext, id: string, effect: string): void {
  const withdrawal = context.records.find(withdrawals, { id })
  if (withdrawal === null || withdrawal.receipt !== null) return
  context.records.update(
    withdrawals,
    { id },
    {
      escaped: withdrawal.escaped.filter((it) => it.effect !== effect),
      stopped: { ...withdrawal.stopped, messages: withdrawal.stopped.messages + 1 },
    },
  )
}
