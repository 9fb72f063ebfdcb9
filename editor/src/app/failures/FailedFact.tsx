import type { StepFact } from '../../run/facts.ts'
import { useT } from '../i18n/index.ts'
import { readCancelReason } from './cancel-reason.ts'
import { useErrorWords } from './use-error-words.ts'

type Fact<Kind> = Extract<StepFact, { kind: Kind }>

/** An attempt that failed, or a line that ended early, and why. */
export function FailedFact({ fact }: { readonly fact: Fact<'failed'> | Fact<'cancelled'> }) {
  const t = useT()
  const wordsOf = useErrorWords(fact.kind === 'failed')
  if (fact.kind === 'failed')
    return t('replay.fact.failed', { attempt: fact.attempt, reason: wordsOf(fact.error).says, code: fact.error.code })
  const read = readCancelReason(fact.reason)
  return t('replay.fact.cancelled', { reason: read === null ? fact.reason : t(`failures.cancelled.${read.reason}`, read.values) })
}
