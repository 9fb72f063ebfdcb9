import type { Text } from '@sluice/flows'
import type { RecordedError } from '../../run/recorded-error.ts'
import type { ErrorWords } from '../api/errors.ts'

export interface ToldError {
  readonly says: string
  /** What can be done about it. */
  readonly hint: string | null
  /** What was recorded, where that is not what is said: a server's answer, a program's own words, a journal of an older version. */
  readonly recorded: string | null
}

/** A recorded error in the reader's language. What an author or another system said stays as it was said. */
export function toldError({ code, message, text }: RecordedError, known: ErrorWords | undefined, say: (text: Text) => string): ToldError {
  const hint = known?.hint ?? null
  if (text !== undefined) return { says: say(text), hint, recorded: null }
  if (known === undefined) return { says: message === '' ? code : message, hint, recorded: null }
  return { says: known.says, hint, recorded: message === '' || message === known.says ? null : message }
}
