import { canonicalJson } from '../canonical.ts'
import type { Json, JsonObject, Text } from '../json.ts'
import { say } from '../json.ts'
import { pointer } from '../pointer.ts'
import { checkNumber, checkText } from './check-scalars.ts'
import { fieldName } from './field-name.ts'
import { choicesOf, isClosedTuple, isObject, propertySchema, type Schema, schemaIn, schemasIn, takesAnything, tupleOf } from './parts.ts'
import type { Report, SchemaProblem } from './problem.ts'
import * as texts from './texts.ts'

export interface SchemaOptions {
  /** A text `{% … %}` stands for a value that is known later, so it fits everywhere. */
  readonly expressionsAllowed?: boolean
  /** A required field with a default may be left out: `withDefaults` fills it in. */
  readonly defaultsFill?: boolean
}

const problemsMax = 100
const depthMax = 100

/**
 * Checks a value against a JSON Schema without generating code, so it runs under a strict content policy too.
 * Understands the keywords our forms use: types, enums, bounds, objects, lists, choices. Unknown keywords are ignored.
 */
export function checkSchema(schema: Schema, value: unknown, options: SchemaOptions = {}): readonly SchemaProblem[] {
  const check = new Check(options)
  check.value(schema, value as Json, '', fieldName(schema, ''), 0)
  return check.problems
}

class Check {
  readonly problems: SchemaProblem[] = []
  readonly #options: SchemaOptions
  readonly #add: Report = (code, path, message) => {
    if (this.problems.length < problemsMax) this.problems.push({ code, path, message })
  }

  constructor(options: SchemaOptions) {
    this.#options = options
  }

  value(schema: Schema, value: Json, path: string, name: Text, depth: number): void {
    if (this.#fitsAtOnce(schema, value)) return
    if (!this.#kind(schema, value, path, name, depth)) return
    if (typeof value === 'number') checkNumber(schema, value, path, name, this.#add)
    else if (typeof value === 'string') checkText(schema, value, path, name, this.#add)
    else if (Array.isArray(value)) this.#list(schema, value, path, name, depth)
    else if (isObject(value)) this.#object(schema, value, path, name, depth)
    if (schema.allOf !== undefined) for (const part of schemasIn(schema.allOf)) this.value(part, value, path, name, depth + 1)
    this.#choice(schema, value, path, name, depth)
  }

  #isExpression(schema: Schema, value: Json): boolean {
    if (this.#options.expressionsAllowed !== true || typeof value !== 'string') return false
    if (schema.format === 'expression' && value !== '') return true
    return value.length >= 4 && value.startsWith('{%') && value.endsWith('%}')
  }

  /** Type, constant and enum. When these do not fit, nothing further is said. */
  #kind(schema: Schema, value: Json, path: string, name: Text, depth: number): boolean {
    if (depth > depthMax) {
      this.#add('SLU_SCHEMA_TYPE', path, texts.tooDeep(name))
      return false
    }
    const { type, const: constant } = schema
    if (type !== undefined && !isOfTypes(type, value)) {
      this.#add('SLU_SCHEMA_TYPE', path, texts.wrongType(name, typesIn(type), typeOf(value)))
      return false
    }
    if (constant === undefined && !Array.isArray(schema.enum)) return true
    if (constant === undefined ? (schema.enum as readonly Json[]).some((item) => isSame(item, value)) : isSame(constant, value)) return true
    this.#add('SLU_SCHEMA_CHOICE', path, texts.notAmong(name, constant === undefined ? (schema.enum as readonly Json[]) : [constant]))
    return false
  }

  #list(schema: Schema, list: readonly Json[], path: string, name: Text, depth: number): void {
    const { minItems, maxItems, uniqueItems } = schema
    if (typeof minItems === 'number' && list.length < minItems) {
      const code = list.length === 0 ? 'SLU_SCHEMA_REQUIRED' : 'SLU_SCHEMA_LENGTH'
      this.#add(code, path, list.length === 0 ? texts.empty(name) : texts.itemsAtLeast(name, minItems, list.length))
    }
    if (typeof maxItems === 'number' && list.length > maxItems) {
      this.#add('SLU_SCHEMA_LENGTH', path, texts.itemsAtMost(name, maxItems, list.length))
      return
    }
    if (uniqueItems === true && new Set(list.map(canonicalJson)).size < list.length) {
      this.#add('SLU_SCHEMA_CHOICE', path, texts.notUnique(name))
    }
    const tuple = tupleOf(schema)
    if (list.length > tuple.length && isClosedTuple(schema)) {
      this.#add('SLU_SCHEMA_LENGTH', path, texts.itemsAtMost(name, tuple.length, list.length))
      return
    }
    const rest = schemaIn(schema.items)
    for (let index = 0; index < list.length && this.problems.length < problemsMax; index++) {
      const part = tuple[index] ?? rest
      this.value(part, list[index] as Json, pointer(path, index), itemName(part, name, index), depth + 1)
    }
  }

  #object(schema: Schema, object: JsonObject, path: string, name: Text, depth: number): void {
    const required = Array.isArray(schema.required) ? schema.required : []
    for (let at = 0; at < required.length; at++) {
      const key = String(required[at])
      if (Object.hasOwn(object, key) && object[key] !== undefined) continue
      const part = propertySchema(schema, key) ?? {}
      if (this.#options.defaultsFill === true && part.default !== undefined) continue
      this.#add('SLU_SCHEMA_REQUIRED', pointer(path, key), texts.empty(fieldName(part, key)))
    }
    const keys = Object.keys(object)
    const { minProperties, maxProperties } = schema
    if (typeof minProperties === 'number' && keys.length < minProperties) {
      this.#add('SLU_SCHEMA_LENGTH', path, texts.itemsAtLeast(name, minProperties, keys.length))
    }
    if (typeof maxProperties === 'number' && keys.length > maxProperties) {
      this.#add('SLU_SCHEMA_LENGTH', path, texts.itemsAtMost(name, maxProperties, keys.length))
      return
    }
    const names = schemaIn(schema.propertyNames)
    const asksForNames = Object.keys(names).length > 0
    for (let at = 0; at < keys.length; at++) {
      if (this.problems.length >= problemsMax) return
      const key = keys[at] as string
      const part = propertySchema(schema, key)
      const value = object[key]
      if (part === null) this.#add('SLU_SCHEMA_UNKNOWN_FIELD', pointer(path, key), texts.unknownField(key))
      else if (value !== undefined && !this.#fitsAtOnce(part, value)) {
        this.value(part, value, pointer(path, key), fieldName(part, key), depth + 1)
      }
      if (asksForNames) checkText(names, key, pointer(path, key), key, this.#add)
    }
  }

  /** Nearly everything does; then nobody has to know what it is called and where it stands. */
  #fitsAtOnce(schema: Schema, value: Json): boolean {
    return takesAnything(schema) || this.#isExpression(schema, value)
  }

  /** `anyOf` and `oneOf`: one has to fit. Says what is wrong with the one that was meant, when that can be told. */
  #choice(schema: Schema, value: Json, path: string, name: Text, depth: number): void {
    const choices = choicesOf(schema)
    if (choices.length === 0) return
    // A list of names to choose from, by far the most usual, says nothing about the names that were not chosen.
    if (choices.some((choice) => choice.const !== undefined && isSame(choice.const, value))) return
    if (choices.every((choice) => choice.const !== undefined)) {
      const constants = choices.map((choice) => choice.const)
      this.#add('SLU_SCHEMA_CHOICE', path, texts.notAmong(name, constants as readonly Json[]))
      return
    }
    const answers: (readonly SchemaProblem[])[] = []
    for (const choice of choices) {
      const check = new Check(this.#options)
      check.value(choice, value, path, name, depth + 1)
      if (check.problems.length === 0) return
      answers.push(check.problems)
    }
    const meant = answers.filter((problems) => !problems.some((problem) => problem.path === path && isOtherKind(problem)))
    if (meant.length === 1) for (const problem of meant[0] ?? []) this.#add(problem.code, problem.path, problem.message)
    else this.#add('SLU_SCHEMA_CHOICE', path, texts.noneFits(name))
  }
}

function isOtherKind(problem: SchemaProblem): boolean {
  return problem.code === 'SLU_SCHEMA_TYPE' || problem.code === 'SLU_SCHEMA_CHOICE'
}

function itemName(part: Schema, list: Text, index: number): Text {
  if (isObject(part['x-title']) || typeof part.title === 'string') return fieldName(part, '')
  return { en: `${say(list, 'en')} ${index + 1}`, 'zh-CN': `${say(list, 'zh-CN')} 第 ${index + 1} 项` }
}

function typesIn(type: Json): readonly string[] {
  return Array.isArray(type) ? type.map(String) : [String(type)]
}

/** A keyword that is neither a name nor a list of names, or an empty list, asks for nothing. */
function isOfTypes(type: Json, value: Json): boolean {
  if (typeof type === 'string') return isOfType(type, value)
  return !Array.isArray(type) || type.length === 0 || type.some((one) => isOfType(String(one), value))
}

function isOfType(type: string, value: Json): boolean {
  if (type === 'integer') return Number.isInteger(value)
  return type === typeOf(value)
}

function typeOf(value: Json): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function isSame(left: Json, right: Json): boolean {
  return left === right || (typeof left === 'object' && canonicalJson(left) === canonicalJson(right))
}
