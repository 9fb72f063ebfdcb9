import { isReservedKey, type Json } from '@sluice/flows'
import { ExpressionFailure, expressionError } from './errors.ts'
import { expressionLimits } from './limits.ts'

interface Meter {
  bytes: number
}

/**
 * Turns what an evaluation left into plain JSON of its own: no marked lists, no functions, no endless numbers, no reserved keys.
 * Counts as it goes, because parts that are shared in memory multiply when they are written out.
 */
export function finish(value: unknown): Json | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string' && value.length < 1_000) return value
  return plain(value, 0, { bytes: 0 })
}

function plain(value: unknown, depth: number, meter: Meter): Json {
  meter.bytes += 8
  if (meter.bytes > expressionLimits.resultBytesMax) throw new ExpressionFailure(tooLarge)
  switch (typeof value) {
    case 'string':
      meter.bytes += value.length
      if (meter.bytes > expressionLimits.resultBytesMax) throw new ExpressionFailure(tooLarge)
      return value
    case 'boolean':
      return value
    case 'number':
      if (!Number.isFinite(value)) throw new ExpressionFailure(notFinite)
      return value === 0 ? 0 : value
    case 'object':
      if (value === null) return null
      if (depth >= expressionLimits.resultDepthMax) throw new ExpressionFailure(tooDeep)
      return Array.isArray(value) ? plainList(value, depth, meter) : plainObject(value as Record<string, unknown>, depth, meter)
    default:
      throw new ExpressionFailure(notJson)
  }
}

function plainList(list: readonly unknown[], depth: number, meter: Meter): Json {
  const copy: Json[] = []
  for (const item of list) if (item !== undefined) copy.push(plain(item, depth + 1, meter))
  return copy
}

function plainObject(object: Record<string, unknown>, depth: number, meter: Meter): Json {
  // A function of jsonata's is an object too; it is no data.
  if (object._jsonata_lambda === true || object._jsonata_function === true) throw new ExpressionFailure(notJson)
  const copy: Record<string, Json> = {}
  for (const key of Object.keys(object)) {
    const value = object[key]
    if (value === undefined || isReservedKey(key)) continue
    meter.bytes += key.length
    copy[key] = plain(value, depth + 1, meter)
  }
  return copy
}

const tooLarge = expressionError('SLU_EXPRESSION_RESULT', {
  en: `The result is larger than ${expressionLimits.resultBytesMax} bytes`,
  'zh-CN': `结果超过 ${expressionLimits.resultBytesMax} 字节`,
})
const tooDeep = expressionError('SLU_EXPRESSION_RESULT', {
  en: `The result nests deeper than ${expressionLimits.resultDepthMax} levels`,
  'zh-CN': `结果嵌套超过 ${expressionLimits.resultDepthMax} 层`,
})
const notFinite = expressionError('SLU_EXPRESSION_RESULT', {
  en: 'The result holds a number that is not finite, for example a division by zero',
  'zh-CN': '结果中有非有限数字，例如除以零',
})
const notJson = expressionError('SLU_EXPRESSION_RESULT', { en: 'The result holds a function', 'zh-CN': '结果中包含函数' })
