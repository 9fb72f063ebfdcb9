import { join } from 'node:path'
import { definePackServer, type WriteContext } from '@sluice/sdk/server'
import { checkUse } from './check.ts'
import { consumers, onDecision, onRevocation, onSessionClosed, onSessionOpened } from './consumers.ts'
import { forget } from './forget.ts'
import { consentGate } from './gate.ts'
import { decide, expire } from './grant.ts'
import { useIdentityKey } from './identity.ts'
import { CheckBody, read } from './input.ts'
import { useReceiptKey } from './receipt-key.ts'
import { routes } from './routes/index.ts'
import { closeSession, openSession } from './sessions.ts'
import { checkStep } from './steps.ts'
import { tables } from './tables.ts'
import { erasureDue } from './withdrawal/erasure.ts'
import { escalate, settleLate } from './withdrawal/escalate.ts'
import { applyPending, keepPending } from './withdrawal/pending.ts'
import { settle } from './withdrawal/settle.ts'
import { announceWithdrawal, withdraw } from './withdrawal/withdraw.ts'

export { checkUse } from './check.ts'
export { identityToken } from './identity.ts'
export { noteCategories } from './permits.ts'
export { subjectOf } from './subject.ts'
export { consents, permits, sessions, steps as withdrawalSteps, subjects, withdrawals } from './tables.ts'

export const consentServer = definePackServer({
  id: 'consent',
  start({ dataFolder, keyring }) {
    useReceiptKey(join(dataFolder, 'keys', 'receipt-ed25519.pem'))
    useIdentityKey(keyring)
  },
  tables,
  commands: {
    'consent.grant': grantOne,
    'consent.decide': decide,
    'consent.withdraw': withdraw,
    'consent.withdrawal-announce': announceWithdrawal,
    'consent.check': (context: WriteContext, payload: unknown) => {
      const ask = read(CheckBody, payload)
      return checkUse(context.records, { subject: ask.customer, session: ask.session ?? null, ...ask }, context.now)
    },
    'consent.expire': expire,
    'consent.session-open': openSession,
    'consent.session-close': closeSession,
    'consent.withdrawal-settle': (context: WriteContext, payload: { readonly withdrawal: string }) => settle(context, payload.withdrawal),
    'consent.withdrawal-escalate': escalate,
    'consent.withdrawal-late': settleLate,
    'consent.erasure-due': erasureDue,
    'consent.keep-pending': keepPending,
    'consent.apply-pending': applyPending,
    'consent.forget': forget,
    'consent.on-decision': onDecision,
    'consent.on-revocation': onRevocation,
    'consent.on-session-opened': onSessionOpened,
    'consent.on-session-closed': onSessionClosed,
  },
  consumers,
  steps: { 'consent.check': checkStep },
  gates: [consentGate],
  routes,
})

/** One yes: a decision of one cell. */
function grantOne(
  context: WriteContext,
  payload: unknown,
): { readonly consent: string; readonly epoch: number; readonly repeated: boolean } {
  const { purpose, scene, scope, session, ...rest } = payload as Record<string, unknown>
  const decided = decide(context, {
    ...rest,
    decisions: [{ purpose, scene, value: 'yes', ...(scope === undefined ? {} : { scope }), ...(session == null ? {} : { session }) }],
  })
  return { consent: decided.consents[0] ?? '', epoch: decided.epoch, repeated: decided.repeated }
}
