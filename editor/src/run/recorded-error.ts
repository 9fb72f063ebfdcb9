import type { Text } from '@sluice/flows'

/** An error as a journal keeps it: English, and the same in both languages where it was worded by us. */
export interface RecordedError {
  readonly code: string
  readonly message: string
  readonly text?: Text
}

/** What an entry, or a run, says went wrong; null where it says nothing. */
export function recordedError(error: Partial<RecordedError> | null | undefined): RecordedError | null {
  if (error === null || error === undefined) return null
  const { code = '', message = '', text } = error
  return { code: String(code), message: String(message), ...(text === undefined ? {} : { text }) }
}
