import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { TSchema } from 'typebox'
import type { Details } from '../errors/refusal.ts'
import type { Language } from '../language.ts'
import { sentenceFor } from './messages.ts'
import { oneSentence } from './one-sentence.ts'

/** Mistakes told in one answer. */
const mistakesMax = 50

/** What is wrong with a value; empty when nothing is. Never changes the value: no defaults, no coercion, nothing taken out. */
export type Validator = (value: unknown, language: Language) => Details

const options = { allErrors: true, strict: false, validateFormats: true, useDefaults: false, removeAdditional: false } as const
const exact = withFormats(new Ajv2020({ ...options, coerceTypes: false }))
const fromText = withFormats(new Ajv2020({ ...options, coerceTypes: true }))

/** Compiled when first asked: all of them at the start would take a third of it. `test/system.test.ts` compiles those of every route. */
export function bodyValidator(schema: TSchema): Validator {
  return atFirstUse(() => validatorOf(exact.compile(schema)))
}

/** Everything in a query is text, so `limit=20` counts as a number; the copy that is coerced is thrown away. */
export function queryValidator(schema: TSchema): Validator {
  const check = atFirstUse(() => validatorOf(fromText.compile(schema)))
  return (value, language) => check({ ...(value as object) }, language)
}

function atFirstUse(compile: () => Validator): Validator {
  let check: Validator | null = null
  return (value, language) => {
    check ??= compile()
    return check(value, language)
  }
}

function validatorOf(validate: ValidateFunction): Validator {
  return (value, language) => {
    if (validate(value)) return []
    const errors = oneSentence(validate.errors ?? []).filter(isTelling)
    return errors.slice(0, mistakesMax).map((error) => ({ path: pathOf(error), message: sentenceFor(error, language) }))
  }
}

/** `if` only repeats what its branch has said. */
function isTelling({ keyword }: ErrorObject): boolean {
  return keyword !== 'if'
}

/** JSON pointer to the field itself, also when it is missing or one too many. */
function pathOf({ instancePath, keyword, params }: ErrorObject): string {
  const name: unknown = keyword === 'required' ? params.missingProperty : (params.additionalProperty ?? params.unevaluatedProperty)
  if (typeof name !== 'string') return instancePath
  return `${instancePath}/${name.slice(0, 200).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

function withFormats(ajv: Ajv2020): Ajv2020 {
  // `ajv-formats` is CommonJS: its default export is the function under some loaders and an object with it under others.
  const add = (formats as unknown as { default?: typeof formats }).default ?? formats
  ;(add as unknown as (ajv: Ajv2020) => void)(ajv)
  for (const name of ['template', 'expression']) ajv.addFormat(name, true)
  return ajv
}
