import type { Gate, Use, WriteContext } from '@sluice/sdk/server'
import { checkUse } from './check.ts'
import { permits, withdrawals } from './tables.ts'

/**
 * The fence. An outside act that touches a person begins only with a permit, and the permit is inserted in the transaction
 * that asks the grid; withdrawals are written by the same one writer, so each act is wholly before or wholly after.
 */
export const consentGate: Gate = {
  name: 'consent',
  check(context, effect) {
    const { use } = effect
    if (use === null) return { allowed: true }
    const answer = checkUse(context.records, use, context.now)
    if (!answer.allowed || answer.consent === null)
      return {
        allowed: false,
        code: 'SLU_CONSENT_MISSING',
        reason: answer.reason,
        why: {
          rule: 'consent',
          reason: answer.reason,
          purpose: use.purpose,
          scene: use.scene,
          consent: answer.consent,
          epoch: answer.epoch,
        },
      }
    issue(context, effect, use, answer.consent, answer.epoch)
    return { allowed: true }
  },
  refused: (context, effect) => recall(context, effect.id),
}

function issue(context: WriteContext, effect: Parameters<Gate['check']>[1], use: Use, consent: string, epochSeen: number): void {
  context.records.upsert(permits, {
    id: effect.id,
    customer: use.subject,
    run: effect.run,
    node: effect.node,
    handler: effect.handler,
    effectKind: use.effectKind,
    purpose: use.purpose,
    scene: use.scene,
    session: use.session,
    channel: use.channel ?? null,
    consent,
    epochSeen,
    issuedAt: context.now,
    state: 'issued',
    withdrawal: null,
    idempotencyKey: effect.idempotencyKey,
  })
}

/** The door had not acted yet when the fence rose: what counted as escaped was stopped after all. */
function recall(context: WriteContext, effect: string): void {
  const permit = context.records.find(permits, { id: effect })
  if (permit === null || permit.state === 'recalled') return
  context.records.update(permits, { id: effect }, { state: 'recalled' })
  if (permit.withdrawal === null) return
  const withdrawal = context.records.find(withdrawals, { id: permit.withdrawal })
  if (withdrawal === null || withdrawal.receipt !== null) return
  context.records.update(
    withdrawals,
    { id: withdrawal.id },
    {
      escaped: withdrawal.escaped.filter((it) => it.effect !== effect),
      stopped: { ...withdrawal.stopped, messages: withdrawal.stopped.messages + 1 },
    },
  )
}
