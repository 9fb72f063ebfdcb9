import { inLetters, type SyllablesOf } from '../../../app/pinyin/spell.ts'
import { type FormSchema, inOrder, kindOf } from '../../../ui/schema-form/schema.ts'

/** What a person is asked for, in the words of whoever builds the form. */
export const answerKinds = ['text', 'long-text', 'number', 'money', 'date', 'choice', 'choices', 'yes-no'] as const
export type AnswerKind = (typeof answerKinds)[number]

type Schema = Readonly<Record<string, unknown>>

export interface Question {
  readonly name: string
  readonly schema: Schema
  /** Null: only JSON shows all it says. */
  readonly kind: AnswerKind | null
  readonly isRequired: boolean
}

export interface BothTexts {
  readonly en: string
  readonly zh: string
}

export interface Choice {
  readonly value: string
  readonly label: BothTexts
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The questions of a form in their order, or null when it is no form of single questions. */
export function questionsOf(form: unknown): readonly Question[] | null {
  if (form === undefined || form === null) return []
  if (!isObject(form) || (form.type !== undefined && form.type !== 'object')) return null
  const { properties = {}, required = [] } = form
  if (!isObject(properties) || !Array.isArray(required)) return null
  const all = inOrder(properties, form['x-order'])
  // Names like `7` come first whatever their place; such a form cannot be put in order.
  if (all.some(([name, schema]) => !isObject(schema) || /^\d+$/.test(name))) return null
  return all.map(([name, schema]) => ({
    name,
    schema: schema as Schema,
    kind: kindIn(schema as Schema),
    isRequired: required.includes(name),
  }))
}

/** Rules over several questions, or besides them: they stay, and the preview does not show them. */
export function saysMore(form: unknown): boolean {
  const shown = /^(type|properties|required|title|description|additionalProperties|\$schema|x-.*)$/
  return isObject(form) && Object.keys(form).some((key) => !shown.test(key))
}

function kindIn(schema: Schema): AnswerKind | null {
  if (schema.oneOf !== undefined || schema.anyOf !== undefined || schema.$ref !== undefined || schema.const !== undefined) return null
  const kind = kindOf(schema as FormSchema)
  if (kind === 'money' || kind === 'date' || kind === 'text' || kind === 'long-text' || kind === 'number') return kind
  if (kind === 'integer') return 'number'
  if (kind === 'boolean') return 'yes-no'
  if (kind !== 'choice' && kind !== 'choices') return null
  const values = valuesIn(schema)
  return values?.every((value) => typeof value === 'string') === true ? kind : null
}

function valuesIn(schema: Schema): readonly unknown[] | null {
  const values = isObject(schema.items) ? schema.items.enum : schema.enum
  return Array.isArray(values) ? values : null
}

export function choicesIn(schema: Schema): readonly Choice[] {
  const labels = isObject(schema['x-options']) ? schema['x-options'] : {}
  return (valuesIn(schema) ?? []).map((value) => {
    const label = labels[String(value)]
    const text = (language: string) => (isObject(label) && typeof label[language] === 'string' ? (label[language] as string) : '')
    return { value: String(value), label: label === undefined ? inOne(String(value)) : { en: text('en'), zh: text('zh-CN') } }
  })
}

export function withChoices(schema: Schema, choices: readonly Choice[]): Schema {
  const values = choices.map(({ value }) => value)
  const labels = Object.fromEntries(choices.map(({ value, label }) => [value, { en: label.en, 'zh-CN': label.zh }]))
  const listed = isObject(schema.items) ? { items: { ...schema.items, enum: values } } : { enum: values }
  return { ...schema, ...listed, 'x-options': labels }
}

/** A text in one language only belongs to the language it is written in. */
function inOne(text: string): BothTexts {
  return /\p{Script=Han}/u.test(text) ? { en: '', zh: text } : { en: text, zh: '' }
}

function textsIn(schema: Schema, plain: string, both: string): BothTexts {
  const texts = schema[both]
  if (isObject(texts)) return { en: String(texts.en ?? ''), zh: String(texts['zh-CN'] ?? '') }
  return inOne(typeof schema[plain] === 'string' ? (schema[plain] as string) : '')
}

function withTexts(schema: Schema, plain: string, both: string, { en, zh }: BothTexts): Schema {
  const { [plain]: _plain, [both]: _both, ...rest } = schema
  const one = en === '' ? zh : en
  // A text alone is taken for the language of its letters; where it is meant for the other one, both are said.
  const isPlain = inOne(one).en === en && inOne(one).zh === zh
  return {
    ...(one !== '' && { [plain]: one }),
    ...(!isPlain && { [both]: { en, 'zh-CN': zh } }),
    ...rest,
  }
}

export const labelIn = (schema: Schema): BothTexts => textsIn(schema, 'title', 'x-title')
export const withLabel = (schema: Schema, label: BothTexts): Schema => withTexts(schema, 'title', 'x-title', label)
export const helpIn = (schema: Schema): BothTexts => textsIn(schema, 'description', 'x-help')
export const withHelp = (schema: Schema, help: BothTexts): Schema => withTexts(schema, 'description', 'x-help', help)

/** A bound or another single keyword; nothing takes it away. */
export function withKeyword(schema: Schema, keyword: string, value: unknown): Schema {
  const { [keyword]: _old, ...rest } = schema
  return value === undefined ? rest : { ...rest, [keyword]: value }
}

const kept = /^(title|description|x-title|x-help)$/

/** Another kind of answer to the same question: its words stay, and so do its choices. */
export function withKind(schema: Schema, kind: AnswerKind, fresh: readonly Choice[]): Schema {
  const words = Object.fromEntries(Object.entries(schema).filter(([key]) => kept.test(key)))
  const choices = valuesIn(schema) === null ? fresh : choicesIn(schema)
  switch (kind) {
    case 'text':
      return { ...words, type: 'string', maxLength: 200 }
    case 'long-text':
      return { ...words, type: 'string', maxLength: 2_000, 'x-ui': 'textarea' }
    case 'number':
      return { ...words, type: 'number' }
    case 'money':
      return { ...words, type: 'integer', minimum: 0, 'x-ui': 'money', 'x-currency': 'CNY' }
    case 'date':
      return { ...words, type: 'string', format: 'date' }
    case 'yes-no':
      return { ...words, type: 'boolean' }
    case 'choice':
      return withChoices({ ...words, type: 'string' }, choices)
    case 'choices':
      return withChoices({ ...words, type: 'array', items: { type: 'string' }, uniqueItems: true }, choices)
  }
}

/** The form with these questions. What else it says stays as it is; without questions and without anything else there is no form. */
export function withQuestions(form: unknown, questions: readonly Question[]): Schema | undefined {
  const { properties: _properties, required: _required, type: _type, 'x-order': _order, ...rest } = isObject(form) ? form : {}
  const { additionalProperties: _others, ...more } = rest
  if (questions.length === 0 && Object.keys(more).length === 0) return undefined
  const required = questions.filter(({ isRequired }) => isRequired).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(questions.map(({ name, schema }) => [name, schema])),
    ...(required.length > 0 && { required }),
    ...(questions.length > 1 && { 'x-order': questions.map(({ name }) => name) }),
    ...rest,
  }
}

export function moved<Item>(items: readonly Item[], from: number, to: number): readonly Item[] {
  const next = [...items]
  const [item] = next.splice(from, 1)
  if (item !== undefined) next.splice(to, 0, item)
  return next
}

export const isName = (name: string): boolean => /^[A-Za-z_][\w-]{0,63}$/.test(name)

/** A name that is free: made of the words where they have Latin letters, else counted. */
export function nameFor(words: string, taken: ReadonlySet<string>, plain: string): string {
  const parts = words.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? []
  const camel = parts.map((part, at) => (at === 0 ? part.toLowerCase() : `${part.charAt(0).toUpperCase()}${part.slice(1).toLowerCase()}`))
  const base = camel.join('').replace(/^\d+/, '').slice(0, 40)
  if (base !== '' && !taken.has(base)) return base
  const start = base === '' ? plain : base
  let count = base === '' ? 1 : 2
  while (taken.has(`${start}${count}`)) count += 1
  return `${start}${count}`
}

/** What a name is made of: the English words, else the Chinese ones in letters. @example `inLatin({ en: '', zh: '折扣' }, syllablesOf) // ' zhe kou '` */
export function inLatin({ en, zh }: BothTexts, syllablesOf: SyllablesOf | null): string {
  return en.trim() !== '' || syllablesOf === null ? en : inLetters(zh, syllablesOf)
}

/** The form as one reader sees it, whatever language the screen is in. */
export function formIn(form: unknown, language: 'en' | 'zh'): FormSchema {
  const questions = questionsOf(form) ?? []
  const one = ({ en, zh }: BothTexts) => (language === 'en' ? en || zh : zh || en)
  const shown = questions.map((question) => {
    const { schema } = question
    const texts = { ...labelled(schema, 'title', one(labelIn(schema))), ...labelled(schema, 'description', one(helpIn(schema))) }
    const { 'x-title': _title, 'x-help': _help, ...rest } = schema
    const labels = choicesIn(schema).map(({ value, label }) => [value, { en: one(label) || value, 'zh-CN': one(label) || value }])
    return { ...question, schema: { ...rest, ...texts, ...(labels.length > 0 && { 'x-options': Object.fromEntries(labels) }) } }
  })
  return (withQuestions(form, shown) ?? {}) as FormSchema
}

function labelled(schema: Schema, keyword: string, text: string): Schema {
  return text === '' || typeof schema !== 'object' ? {} : { [keyword]: text }
}
