import { type Json, type JsonObject, words } from '@sluice/sdk'
import Schema from 'typebox/schema'

/** Bounds of a form, checked when the flow is published and again when the task is made. */
export const formLimits = { charsMax: 64_000, depthMax: 12, patternCharsMax: 200, answerCharsMax: 256_000, textCharsMax: 20_000 } as const

type Wording = { readonly en: string; readonly 'zh-CN': string }

/** Why a form cannot be used, or null. */
export function formProblem(form: Json): Wording | null {
  if (typeof form !== 'object' || form === null || Array.isArray(form))
    return words('A form is a JSON Schema object.', '表单须为 JSON Schema 对象。')
  if (JSON.stringify(form).length > formLimits.charsMax)
    return words('The form has more than 64,000 characters.', '表单超过 64,000 个字符。')
  if (depthOf(form) > formLimits.depthMax) return words('The form is nested deeper than 12 levels.', '表单嵌套超过 12 层。')
  const type = (form as JsonObject).type
  if (type !== undefined && type !== 'object')
    return words('A form asks for an object: "type" is "object".', '表单的 "type" 须为 "object"。')
  const pattern = patternsOf(form).find((text) => !isLinear(text))
  if (pattern !== undefined)
    return words('A pattern of the form could take for ever or is broken.', '表单中的正则表达式有误或可能无限耗时。')
  return null
}

export interface AnswerFlaw {
  readonly path: string
  readonly message: string
}

/** What is wrong with an answer, by path; empty when it fits the form. */
export function answerFlaws(form: JsonObject, data: Json): readonly AnswerFlaw[] {
  const text = JSON.stringify(data)
  if (text.length > formLimits.answerCharsMax) return [{ path: '', message: `more than ${formLimits.answerCharsMax} characters` }]
  if (hasLongText(data)) return [{ path: '', message: `a text of more than ${formLimits.textCharsMax} characters` }]
  const [fits, errors] = Schema.Errors(form as never, data)
  if (fits) return []
  return errors.slice(0, 20).map((error) => ({ path: `/data${error.instancePath}`, message: error.message }))
}

/** No repetition inside a repetition and none of an alternation, so that no input makes it explode. Overcautious on purpose. */
function isLinear(pattern: string): boolean {
  if (pattern.length > formLimits.patternCharsMax || /\\[1-9k]|\(\?[=!<]/.test(pattern)) return false
  try {
    new RegExp(pattern, 'u')
  } catch {
    return false
  }
  const plain = pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x')
  return !/[)][*+{]/.test(plain) && (plain.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0) <= 3
}

function patternsOf(schema: Json): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return []
  if (Array.isArray(schema)) return schema.flatMap(patternsOf)
  const object = schema as JsonObject
  const own = typeof object.pattern === 'string' ? [object.pattern] : []
  const keyed = isObject(object.patternProperties) ? Object.keys(object.patternProperties) : []
  return [...own, ...keyed, ...Object.values(object).flatMap(patternsOf)]
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function depthOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map((item) => depthOf(item as Json)))
}

function hasLongText(value: Json): boolean {
  if (typeof value === 'string') return value.length > formLimits.textCharsMax
  return typeof value === 'object' && value !== null && Object.values(value).some((item) => hasLongText(item as Json))
}
