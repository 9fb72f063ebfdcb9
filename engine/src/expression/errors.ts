import type { Text } from '@sluice/flows'
import { reasons } from './reasons.ts'

export type ExpressionCode =
  | 'SLU_EXPRESSION_SYNTAX'
  | 'SLU_EXPRESSION_TOO_LONG'
  | 'SLU_EXPRESSION_TOO_DEEP'
  | 'SLU_EXPRESSION_REFUSED'
  | 'SLU_EXPRESSION_UNKNOWN_NAME'
  | 'SLU_EXPRESSION_FAILED'
  | 'SLU_EXPRESSION_LIMIT'
  | 'SLU_EXPRESSION_RESULT'
  | 'SLU_EXPRESSION_NEEDS_WORKER'

/** Why an expression cannot be read or has no result. Never holds data, so it may be logged and shown to anyone. */
export interface ExpressionError {
  readonly code: ExpressionCode
  readonly message: Text
  /** Character in the expression, when known. */
  readonly position: number | null
  /** JSONata's own code, for those who know it. */
  readonly reason: string | null
}

/** Carries an error out of nested closures. Costs no stack trace. */
export class ExpressionFailure {
  readonly error: ExpressionError
  constructor(error: ExpressionError) {
    this.error = error
  }
}

export function expressionError(code: ExpressionCode, message: Text, position: number | null = null): ExpressionError {
  return { code, message, position, reason: null }
}

/** A failure in jsonata's words: `S` codes at reading, `T` and `D` codes at evaluating. */
export function failureOf(reason: string, position?: number, token?: string): ExpressionFailure {
  return new ExpressionFailure(errorOfReason(reason, position, token))
}

function errorOfReason(reason: string, position?: number, token?: unknown): ExpressionError {
  const message = reasons[reason] ?? { en: `The expression failed (${reason})`, 'zh-CN': `表达式计算失败(${reason})` }
  return { code: codeOf(reason), message: withToken(message, token), position: position ?? null, reason }
}

function codeOf(reason: string): ExpressionCode {
  if (reason.startsWith('S')) return 'SLU_EXPRESSION_SYNTAX'
  return ['D1011', 'D1012', 'D2014', 'D2015'].includes(reason) ? 'SLU_EXPRESSION_LIMIT' : 'SLU_EXPRESSION_FAILED'
}

/** Tokens are the author's own text. Values are customer data and stay out. */
function withToken(message: Text, token: unknown): Text {
  const shown = typeof token === 'string' && token.length <= 40 ? token : ''
  const fill = (text: string) => text.replaceAll('{token}', shown === '' ? '?' : shown)
  return typeof message === 'string' ? fill(message) : { en: fill(message.en), 'zh-CN': fill(message['zh-CN']) }
}

/** What jsonata, or the machine under it, threw. */
export function errorOfThrown(thrown: unknown): ExpressionError {
  if (thrown instanceof ExpressionFailure) return thrown.error
  if (thrown instanceof RangeError) {
    return expressionError('SLU_EXPRESSION_LIMIT', {
      en: 'The expression needs more memory or nests deeper than allowed',
      'zh-CN': '表达式需要的内存或嵌套层数超出限制',
    })
  }
  const { code, position, token } = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Record<string, unknown>
  if (typeof code === 'string') return errorOfReason(code, typeof position === 'number' ? position : undefined, token)
  return expressionError('SLU_EXPRESSION_FAILED', { en: 'The expression failed', 'zh-CN': '表达式计算失败' })
}
