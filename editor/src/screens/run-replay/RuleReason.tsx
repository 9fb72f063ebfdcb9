import type { JsonObject } from '@sluice/flows'
import { ValueView } from '../../ui/index.ts'
import type { ValueViewProps } from '../../ui/ValueView.tsx'
import { useRuleWords } from './why-words.ts'

/** What a rule said, its codes in words; loads with the first reason that names a rule. */
export function RuleReason({ why, ...words }: Omit<ValueViewProps, 'value'> & { readonly why: JsonObject }) {
  return <ValueView value={useRuleWords()(why)} {...words} />
}
