import type { useT } from '../../app/i18n/index.ts'
import type { Suggestion } from './complete.ts'

/** What stands beside a name that is offered: what it is, and what it is in the sample. */
export function suggestionText({ types, detail }: Suggestion, t: ReturnType<typeof useT>): string {
  const words = [...new Set(types.map((type) => t(`inspect.type.${type}`)))].join(' / ')
  return [words, detail].filter((part) => part !== '').join(' · ')
}
