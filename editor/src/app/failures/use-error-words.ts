import { useQuery } from '@tanstack/react-query'
import type { RecordedError } from '../../run/recorded-error.ts'
import { errorWordsQuery } from '../api/errors.ts'
import { useSay } from '../i18n/index.ts'
import { type ToldError, toldError } from './told-error.ts'

/** Tells recorded errors in the reader's language. `isNeeded`: there is one to tell at all; without one the server is asked nothing. */
export function useErrorWords(isNeeded = true): (error: RecordedError) => ToldError {
  const say = useSay()
  const { data: words } = useQuery({ ...errorWordsQuery(), enabled: isNeeded })
  return (error) => toldError(error, words?.get(error.code), say)
}
