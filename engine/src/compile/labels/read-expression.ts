import { type Ast, childrenOf, pairsOf } from '../../expression/index.ts'
import type { DataWords } from './data-words.ts'
import { changed, joinLabels, type Label, labelOf, nothing, quoted, ruled, steering, written } from './label.ts'
import { empty, joinValues, mapLabels, memberOf, object, opaque, type Value } from './value.ts'

/** What an expression can see: the scope of a step. */
export interface Sight {
  readonly event: Value
  readonly input: Value
  node(id: string): Value
  /** `item`, `index` and `vars`: what a for-each goes through, and what it has so far. */
  readonly item: Value
  /** `nodes` as a whole. */
  allNodes(): Value
  readonly words: DataWords
}

const constant = opaque(written)
const ofSystem = opaque(labelOf('system'))

/** Results that are numbers, truth values or lengths: a rule made them, whatever text went in. */
const measuring: ReadonlySet<string> = new Set(
  `sum count max min average length number floor ceil round abs sqrt power boolean not contains exists parseInteger toMillis`.split(/\s+/),
)
const comparing: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=', 'and', 'or', 'in', '+', '-', '*', '/', '%'])

type Names = ReadonlyMap<string, Value>
const noNames: Names = new Map()

/**
 * Follows values through an expression without running it. A plain path hands a value on as it is, approvals included; whatever computes
 * gives a new value with the labels of all it read. Reads more rather than less where the language is too free to follow.
 */
export function readExpression(ast: Ast, sight: Sight): Value {
  return new Reading(sight).read(ast, null, noNames)
}

/** `$` of a place: null is the scope itself. */
type Context = Value | null

class Reading {
  readonly #sight: Sight

  constructor(sight: Sight) {
    this.#sight = sight
  }

  read(ast: Ast, context: Context, names: Names): Value {
    const value = this.#plain(ast, context, names)
    return ast.predicate === undefined && ast.group === undefined ? value : this.#filtered(ast, value, names)
  }

  #plain(ast: Ast, context: Context, names: Names): Value {
    switch (ast.type) {
      case 'string':
      case 'number':
      case 'value':
        return constant
      case 'path':
        return this.#path(ast.steps ?? [], context, names)
      case 'name':
        return this.#step(context, String(ast.value), '')
      case 'variable':
        return this.#variable(String(ast.value ?? ''), context, names)
      case 'block':
        return this.#block(ast.expressions ?? [], context, names)
      case 'bind':
        return this.read(ast.rhs as Ast, context, names)
      case 'condition':
        return this.#condition(ast, context, names)
      case 'unary':
        return this.#unary(ast, context, names)
      case 'binary':
        return this.#binary(ast, context, names)
      case 'function':
        return this.#call(ast, context, names)
      default:
        return this.#mixed(childrenOf(ast), context, names)
    }
  }

  #path(steps: readonly Ast[], context: Context, names: Names): Value {
    let at: Context = context
    let within = ''
    let value: Value | null = null
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index] as Ast
      if (at === null && step.type === 'name' && step.value === 'nodes') {
        const next = steps[index + 1]
        const known = next?.type === 'name' && step.stages === undefined
        value = known ? this.#sight.node(String(next.value)) : this.#sight.allNodes()
        if (known) index += 1
        if (next !== undefined && known) value = this.#stages(next, value, names)
      } else if (step.type === 'name') {
        value = this.#stages(step, this.#step(at, String(step.value), within), names)
        within = String(step.value)
      } else if (step.type === 'variable') {
        value = this.#stages(step, this.#variable(String(step.value ?? ''), at, names), names)
      } else if (step.type === 'wildcard' || step.type === 'descendant' || step.type === 'parent') {
        value = computed(at ?? this.#scope())
      } else {
        // A step that builds something out of what came so far.
        const built = this.read(step, at, names)
        value = index === 0 ? built : joinValues(built, computed(opaque((at ?? this.#scope()).whole)))
      }
      // `$` alone stays the scope, so that `$.event` is `event`.
      at = step.type === 'variable' && (step.value === '$' || (step.value === '' && at === null)) ? null : value
    }
    return value ?? empty
  }

  #step(context: Context, name: string, within: string): Value {
    if (context === null) return this.#root(name)
    const member = memberOf(context, name)
    return narrowed(member, name, within, this.#sight.words)
  }

  #root(name: string): Value {
    switch (name) {
      case 'event':
        return this.#sight.event
      case 'input':
        return this.#sight.input
      case 'nodes':
        return this.#sight.allNodes()
      case 'item':
      case 'index':
        return this.#sight.item
      case 'vars':
        return joinValues(ofSystem, this.#sight.item)
      case 'run':
      case 'now':
        return ofSystem
      default:
        return empty
    }
  }

  #scope(): Value {
    return [this.#sight.event, this.#sight.input, this.#sight.item, this.#sight.allNodes()].reduce(joinValues, ofSystem)
  }

  #variable(name: string, context: Context, names: Names): Value {
    if (name === '$') return this.#scope()
    return name === '' ? (context ?? this.#scope()) : (names.get(name) ?? constant)
  }

  #block(expressions: readonly Ast[], context: Context, names: Names): Value {
    const known = new Map(names)
    let last = empty
    for (const expression of expressions) {
      last = this.read(expression, context, known)
      if (expression.type === 'bind') known.set(String((expression.lhs as Ast).value), last)
    }
    return last
  }

  /** Which of two values it is depends on the condition. */
  #condition(ast: Ast, context: Context, names: Names): Value {
    const arms = [ast.then, ast.else].flatMap((arm) => (arm === undefined ? [] : [this.read(arm, context, names)]))
    const chosen = arms.reduce(joinValues, empty)
    const asked = this.read(ast.condition as Ast, context, names).whole
    return mapLabels(chosen, (label) => chosenBy(label, asked))
  }

  #unary(ast: Ast, context: Context, names: Names): Value {
    if (ast.value === '{') {
      const members = new Map<string, Value>()
      const other: Ast[] = []
      for (const [key, value] of pairsOf(ast)) {
        if (key.type === 'string') members.set(String(key.value), this.read(value, context, names))
        else other.push(key, value)
      }
      return object(members, other.length === 0 ? null : this.#mixed(other, context, names).whole)
    }
    if (ast.value === '[') return computed((ast.expressions ?? []).map((it) => this.read(it, context, names)).reduce(joinValues, constant))
    return rule(this.#mixed(childrenOf(ast), context, names))
  }

  #binary(ast: Ast, context: Context, names: Names): Value {
    const both = this.#mixed([ast.lhs as Ast, ast.rhs as Ast], context, names)
    if (comparing.has(String(ast.value))) return rule(both)
    const isSentence = ast.value === '&' && [ast.lhs as Ast, ast.rhs as Ast].some(saysSomething)
    return isSentence ? opaque(quoted(both.whole)) : both
  }

  #call(ast: Ast, context: Context, names: Names): Value {
    const given = ast.arguments ?? []
    const values = given.filter((it) => it.type !== 'lambda').map((it) => computed(this.read(it, context, names)))
    const base = values.reduce(joinValues, constant)
    const lambdas = given.filter((it) => it.type === 'lambda').map((it) => computed(this.#lambda(it, base, context, names)))
    const own = ast.procedure?.type === 'variable' ? empty : this.#mixed(ast.procedure === undefined ? [] : [ast.procedure], context, names)
    const called = ast.procedure?.type === 'variable' ? (names.get(String(ast.procedure.value)) ?? empty) : empty
    const all = [base, ...lambdas, own, computed(called)].reduce(joinValues, empty)
    return measuring.has(String(ast.procedure?.value)) ? rule(all) : all
  }

  #lambda(ast: Ast, base: Value, context: Context, names: Names): Value {
    const known = new Map(names)
    for (const argument of ast.arguments ?? []) known.set(String(argument.value), base)
    return ast.body === undefined ? empty : this.read(ast.body, context, known)
  }

  #mixed(parts: readonly Ast[], context: Context, names: Names): Value {
    let label: Label = written
    for (const part of parts) {
      const value =
        part.type === 'lambda'
          ? this.#lambda(part, opaque((context ?? this.#scope()).whole), context, names)
          : this.read(part, context, names)
      label = joinLabels(label, changed(value.whole))
    }
    return opaque(label)
  }

  #filtered(ast: Ast, value: Value, names: Names): Value {
    const through = this.#stages({ ...ast, stages: ast.predicate ?? [] }, value, names)
    if (ast.group === undefined) return through
    return joinValues(computed(through), this.#mixed(ast.group.lhs.flat(), value, names))
  }

  /** A filter picks by what it reads; a fixed position picks nothing anybody could steer. */
  #stages(step: Ast, value: Value, names: Names): Value {
    let result = value
    for (const { expr } of step.stages ?? []) {
      if (expr === undefined || expr.type === 'number') continue
      const asked = this.read(expr, value, names).whole
      result = computed(mapLabels(result, (label) => chosenBy(label, asked)))
    }
    return result
  }
}

const fromOutside: Label = { ...nothing, origin: ['outside'] }

/** Implicit flow: who steered the choice is part of where the value comes from. A rule over outside data is a rule. */
export function chosenBy(label: Label, asked: Label): Label {
  const joined = joinLabels(label, steering(asked))
  return asked.origin.includes('model') && asked.origin.includes('outside') ? joinLabels(joined, fromOutside) : joined
}

export function computed(value: Value): Value {
  return mapLabels(value, changed)
}

/** Words of the author: letters, not only a separator. */
function saysSomething(ast: Ast): boolean {
  return ast.type === 'string' && /[\p{L}\p{N}]{2}/u.test(String(ast.value))
}

function rule(value: Value): Value {
  return opaque(ruled(changed(value.whole)))
}

/** A field whose name tells what it is holds that and no more. */
function narrowed(value: Value, name: string, within: string, words: DataWords): Value {
  if (value.members !== null || value.whole === nothing) return value
  const category = words.categoryOf(name, within)
  if (category === null) return value
  const label = value.whole
  const isHidden = label.hidden?.some((it) => it === name || it === `${within}.${name}`) === true
  return isHidden ? hidden(label) : ofCategory(label, category)
}

const hiddenOf = new WeakMap<Label, Value>()
const categoriesOf = new WeakMap<Label, Map<string, Value>>()

function hidden(label: Label): Value {
  let value = hiddenOf.get(label)
  if (value === undefined) {
    value = opaque({ ...label, subject: 'masked', categories: [] })
    hiddenOf.set(label, value)
  }
  return value
}

function ofCategory(label: Label, category: string): Value {
  let known = categoriesOf.get(label)
  if (known === undefined) {
    known = new Map()
    categoriesOf.set(label, known)
  }
  let value = known.get(category)
  if (value === undefined) {
    value = opaque({ ...label, subject: 'identifying', categories: [category] })
    known.set(category, value)
  }
  return value
}
