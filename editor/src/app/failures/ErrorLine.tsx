import type { RecordedError } from '../../run/recorded-error.ts'
import { useErrorWords } from './use-error-words.ts'

/** A recorded error where a line is all there is room for. */
export function ErrorLine({ error }: { readonly error: RecordedError }) {
  const { says, recorded } = useErrorWords()(error)
  return <span title={`${error.code} ${recorded ?? ''}`.trim()}>{says}</span>
}
