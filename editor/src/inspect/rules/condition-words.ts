import { sourceOf } from '../modes.ts'
import { fromExpression } from './from-expression.ts'
import { sentence } from './sentence.ts'

/** A condition as a sentence; null when it says more than rules can, or nothing yet. */
export function conditionWords(condition: string, language: 'en' | 'zh-CN'): string | null {
  const rule = fromExpression(sourceOf(condition))
  return rule === null || rule.rules.length === 0 ? null : sentence(rule, language)
}
