import { useFormat, useT } from '../i18n/index.ts'
import { useCategoryWords } from './use-category-words.ts'

/** Who got which kinds of data with an act that had left. Acts of earlier releases say neither. */
export function Carried({ recipient, categories }: { readonly recipient: string | null; readonly categories: readonly string[] }) {
  const t = useT()
  const format = useFormat()
  const word = useCategoryWords()
  const kinds = format.list(categories.map(word))
  if (recipient === null) return kinds
  return kinds === '' ? t('permits.carried-to', { recipient }) : t('permits.carried', { recipient, categories: kinds })
}
