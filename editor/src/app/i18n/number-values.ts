import { formatIn } from './format.ts'
import type { DataLanguage, Values } from './language.ts'

/**
 * For each number of a text, how it is written (`#count`) and which form of the words it asks for (`~count`): the catalogues of the
 * build choose by these (`tools/plain-plurals.ts`).
 */
export function withNumbers(values: Values | undefined, language: DataLanguage): Values | undefined {
  if (values === undefined) return undefined
  let told: Values | undefined
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'number') continue
    told ??= { ...values }
    told[`#${name}`] = formatIn(language).number(value)
    told[`~${name}`] = language === 'en' && value === 1 ? 'one' : 'other'
  }
  return told ?? values
}
