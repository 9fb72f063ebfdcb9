import { leave, type NodeOutcome } from '@sluice/sdk'
import type { StepContext } from '@sluice/sdk/server'
import { isPurpose, isScene } from '../domain/grid.ts'
import type { CheckConfig } from '../nodes/check.ts'
import { checkUse } from './check.ts'

/** Asks the grid inside the run and leaves by the answer; the reason stands in the journal. */
export function checkStep(context: StepContext<CheckConfig>): NodeOutcome {
  const { customer, purpose, scene, session } = context.config
  const subject = customer ?? context.run.subject
  if (subject === null || subject === '' || !isPurpose(purpose) || !isScene(scene)) return denied('no_grant', subject, null, 0)
  const answer = checkUse(context.records, { subject, purpose, scene, session: session ?? null }, context.now)
  if (!answer.allowed) return denied(answer.reason, subject, answer.consent, answer.epoch)
  const { reason, consent, epoch } = answer
  return leave(
    'granted',
    { customer: subject, allowed: true, reason, consent, epoch },
    { rule: 'consent', reason, consent, epoch, purpose, scene },
  )

  function denied(reason: string, of: string | null, consent: string | null, epoch: number): NodeOutcome {
    return leave(
      'denied',
      { customer: of, allowed: false, reason, consent, epoch },
      { rule: 'consent', reason, consent, epoch, purpose, scene },
    )
  }
}
