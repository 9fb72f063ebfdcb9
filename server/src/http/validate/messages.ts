import type { ErrorObject } from 'ajv'
import type { Language } from '../language.ts'

type Say = (parameters: ErrorObject['params']) => readonly [en: string, zh: string]

/** One sentence per JSON Schema keyword. None repeats what was sent: it may be personal. */
const sentences: { readonly [keyword: string]: Say } = {
  required: ({ missingProperty }) => [`“${missingProperty}” is missing`, `缺少“${missingProperty}”`],
  additionalProperties: ({ additionalProperty }) => [
    `“${shorten(additionalProperty)}” is not known here`,
    `此处没有“${shorten(additionalProperty)}”字段`,
  ],
  unevaluatedProperties: ({ unevaluatedProperty }) => [
    `“${shorten(unevaluatedProperty)}” is not known here`,
    `此处没有“${shorten(unevaluatedProperty)}”字段`,
  ],
  type: ({ type }) => [`must be of type ${either(type, ' or ')}`, `类型应为 ${either(type, ' 或 ')}`],
  enum: ({ allowedValues }) => [`must be one of ${list(allowedValues)}`, `须为以下之一:${list(allowedValues)}`],
  const: ({ allowedValue }) => [`must be ${JSON.stringify(allowedValue)}`, `须为 ${JSON.stringify(allowedValue)}`],
  minLength: ({ limit }) => [`needs ${limit} characters at least`, `至少 ${limit} 个字符`],
  maxLength: ({ limit }) => [`may have ${limit} characters at most`, `最多 ${limit} 个字符`],
  minItems: ({ limit }) => [`needs ${limit} items at least`, `至少 ${limit} 项`],
  maxItems: ({ limit }) => [`may have ${limit} items at most`, `最多 ${limit} 项`],
  minProperties: ({ limit }) => [`needs ${limit} fields at least`, `至少 ${limit} 个字段`],
  maxProperties: ({ limit }) => [`may have ${limit} fields at most`, `最多 ${limit} 个字段`],
  minimum: ({ comparison, limit }) => [`must be ${comparison} ${limit}`, `须 ${comparison} ${limit}`],
  maximum: ({ comparison, limit }) => [`must be ${comparison} ${limit}`, `须 ${comparison} ${limit}`],
  pattern: ({ pattern }) => [`must match ${pattern}`, `须符合 ${pattern}`],
  format: ({ format }) => [`must be a valid ${format}`, `须为有效的 ${format}`],
  uniqueItems: () => ['must not repeat an item', '不能有重复项'],
  anyOf: () => ['fits none of the allowed shapes', '不符合任何允许的格式'],
  oneOf: () => ['must fit exactly one of the allowed shapes', '须且只能符合一种允许的格式'],
}

export function sentenceFor({ keyword, params }: ErrorObject, language: Language): string {
  const [en, zh] = sentences[keyword]?.(params) ?? [`does not fit (${keyword})`, `不符合要求(${keyword})`]
  return language === 'en' ? en : zh
}

function list(values: unknown): string {
  const texts = Array.isArray(values) ? values.slice(0, 20).map((value) => JSON.stringify(value)) : []
  return texts.join(', ')
}

function either(types: unknown, between: string): string {
  return Array.isArray(types) ? types.join(between) : String(types)
}

function shorten(value: unknown): string {
  const text = String(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
