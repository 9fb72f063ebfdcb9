import type { Signal } from '@sluice/nodes/ai'
import { useFormat, useT } from '../i18n/index.ts'
import { usePersonName } from './PersonName.tsx'
import { useFieldLabel } from './use-field-label.ts'
import { useWords } from './use-words.ts'

const address = /^(rep|role|user):\S+$/
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/**
 * What a strategy was made for, and who wrote it where no model did: recorded as it stands in code. `competitor` is missing: it is
 * also what a field is called, and is told as that.
 */
const signals = [
  'price_objection',
  'stalled',
  'no_reply',
  'churn_risk',
  'renewal',
  'cross_sell',
  'onboarding',
  'consent_withdrawn',
] as const satisfies readonly Signal[]
const byRules = 'rules, no model'

/** Texts inside recorded data as people say them: an address is a person, a code of ours is a word, an instant is a time here. */
export function useValueWords(): (text: string) => string {
  const personName = usePersonName()
  const t = useT()
  const format = useFormat()
  const words = useWords()
  const fieldLabel = useFieldLabel()
  return (text) => {
    if (address.test(text)) return personName(text)
    if (instant.test(text)) return format.exact(text)
    const signal = signals.find((each) => each === text)
    if (signal !== undefined) return t(`app.signal.${signal}`)
    if (text === byRules) return t('app.signal.rules')
    const word = words.scene(words.purpose(text))
    return word === text && /^[a-z][a-z_]*$/.test(text) ? fieldLabel(text) : word
  }
}
