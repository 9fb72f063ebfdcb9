import { digestOf } from '@sluice/sdk'
import type { Gate } from '@sluice/sdk/server'
import { dataCategories, neededByChannel } from '../domain/categories.ts'
import { allCells } from '../domain/grid.ts'
import { checkUse } from './check.ts'
import { closePermits, isOpen, issue } from './permits.ts'

/** Everything the answer hangs on besides the customer's own records. A new release with other rules has another digest. */
const rules = digestOf({ format: 'sluice/consent-rules@1', cells: allCells, categories: dataCategories, channels: neededByChannel })

/**
 * The fence. An outside act that touches a person begins only with a permit, and the permit is inserted in the transaction
 * that asks the grid; withdrawals are written by the same one writer, so each act is wholly before or wholly after.
 */
export const consentGate: Gate = {
  name: 'consent',
  policy: () => rules,
  check(context, effect) {
    const { use, permit } = effect
    if (use === null || permit.touches === 'nobody') return { allowed: true }
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
    if (effect.earlier !== 'none') closePermits(context, effect.id, effect.earlier)
    issue(context, effect, permit, { consent: answer.consent, epoch: answer.epoch })
    return { allowed: true }
  },
  closed(context, effect, end) {
    if (effect.use !== null) closePermits(context, effect.id, end)
  },
  holds: isOpen,
}
