import { problem, type RecordsReader, type Use } from '@sluice/sdk/server'
import { categoriesNeeded } from '../domain/categories.ts'
import { decideUse, type Reason } from '../domain/check.ts'
import { isPurpose, isScene } from '../domain/grid.ts'
import { consents, sessions, subjects } from './tables.ts'

export interface CheckAnswer {
  readonly allowed: boolean
  readonly reason: Reason
  readonly consent: string | null
  readonly epoch: number
}

export type Question = Pick<Use, 'subject' | 'purpose' | 'scene' | 'session' | 'channel'>

/** May this customer's data be used so, now? Deny by default; forged purposes and scenes are refused by name. */
export function checkUse(records: RecordsReader, use: Question, now: number): CheckAnswer {
  const { purpose, scene } = use
  if (!isPurpose(purpose)) throw unknownCell('/purpose', purpose)
  if (!isScene(scene)) throw unknownCell('/scene', scene)
  const subject = records.find(subjects, { id: use.subject })
  const session = use.session === null ? null : records.find(sessions, { id: use.session })
  const verdict = decideUse({
    cell: { purpose, scene },
    standing: subject,
    session: session === null || session.customer !== use.subject ? null : session,
    records: subject === null ? [] : records.list(consents, { where: { customer: use.subject, purpose, scene } }),
    categories: categoriesNeeded(purpose, use.channel),
    now,
  })
  return { ...verdict, epoch: subject?.epoch ?? 0 }
}

function unknownCell(path: string, value: string): Error {
  return problem('SLU_CONSENT_INPUT_INVALID', 422, 'No such purpose or scene', [{ path, message: `unknown: ${value.slice(0, 64)}` }])
}
