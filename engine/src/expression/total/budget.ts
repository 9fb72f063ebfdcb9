import { ExpressionFailure, expressionError } from '../errors.ts'
import { expressionLimits } from '../limits.ts'

/**
 * Steps left in the running evaluation. One counter for the module is enough: an evaluation is synchronous and never starts another.
 * Counting items rather than time makes the limit the same on every machine and in every replay.
 */
let left = 0

export function startBudget(): void {
  left = expressionLimits.stepsMax
}

/** Call with the number of items about to be looked at, before looking. */
export function spend(items: number): void {
  left -= items
  if (left < 0) throw new ExpressionFailure(tooMuch)
}

/** Texts cost by their length, cheaper than items. */
export function spendText(characters: number): void {
  spend((characters >>> 5) + 1)
}

const tooMuch = expressionError('SLU_EXPRESSION_LIMIT', {
  en: `The expression looks at more than ${expressionLimits.stepsMax} items: filter the data first or split the step`,
  'zh-CN': `表达式处理的数据超过 ${expressionLimits.stepsMax} 项，请先筛选数据或拆分步骤`,
})
