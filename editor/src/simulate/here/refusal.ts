import type { Problem } from '@sluice/flows'
import { type ProblemBody, ProblemError } from '../../app/api/index.ts'
import { dataLanguage, type MessageId, say, translate } from '../../app/i18n/index.ts'
import type { Played } from './player.ts'

type Refused = Exclude<Played, { readonly ok: true }>

/** What breaks a rule, in words; what the list does not name is only said to be unreadable. */
const rules: Readonly<Record<string, MessageId>> = {
  minLength: 'simulate.unreadable.empty',
  maxLength: 'simulate.unreadable.long',
  maxItems: 'simulate.unreadable.many',
}

/** Why it was not played, as the server's route would have refused it. */
export function refusalOf(refused: Refused): ProblemError {
  if (refused.why === 'lost') return new ProblemError(0, { code: 'SLU_NETWORK', detail: translate('simulate.refused.lost') })
  if (refused.why === 'refused') return new ProblemError(refused.status, { code: refused.code, detail: sentence(refused) })
  return new ProblemError(422, bodyOf(refused))
}

/** Steps and commands say why in English; the code is the same everywhere. */
function sentence({ code, message }: Extract<Refused, { readonly why: 'refused' }>): string {
  return dataLanguage() === 'en' ? message : translate('simulate.refused.failed', { code })
}

function bodyOf(refused: Extract<Refused, { readonly why: 'problems' | 'unreadable' | 'too-long' | 'too-large' }>): ProblemBody {
  if (refused.why === 'too-long' || refused.why === 'too-large')
    return { code: 'SLU_SIMULATION_TOO_LONG', detail: translate('simulate.refused.too-long') }
  if (refused.why === 'unreadable') {
    const errors = refused.places.map(({ path, rule }) => ({ path, message: translate(rules[rule] ?? 'simulate.unreadable', { path }) }))
    return { code: 'SLU_BODY_INVALID', detail: translate('simulate.refused.unreadable'), errors }
  }
  const blocking = refused.problems.filter(({ severity }) => severity === 'error')
  const errors = blocking.map(({ path, message }) => ({ path: path ?? '', message: said(message) }))
  return { code: 'SLU_FLOW_PROBLEMS', detail: translate('simulate.refused.problems'), errors }
}

function said(message: Problem['message']): string {
  return say(message, dataLanguage())
}
