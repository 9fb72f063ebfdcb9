import { type MessageId, useT } from '../i18n/index.ts'
import { permits } from '../locales/en/permits.ts'

const known: ReadonlySet<string> = new Set(Object.keys(permits))

/** Kinds of personal data in words; an unknown one shows its own name. */
export function useCategoryWords(): (category: string) => string {
  const t = useT()
  return (category) => (known.has(`permits.category.${category}`) ? t(`permits.category.${category}` as MessageId) : category)
}
