import type { Ast, Pair, Stage } from './ast.ts'
import { SimpleTokens } from './simple-tokens.ts'

export interface SimplyRead {
  readonly ast: Ast
  /** The variables it names, and those it binds. */
  readonly variables: readonly string[]
  readonly bound: ReadonlySet<string>
  /** It has no variables, calls, ranges or blocks. */
  readonly isPlain: boolean
}

const noNames: ReadonlySet<string> = new Set()

/** Keeps the tree far below every bound of `expressionLimits`, copies that `??` makes included. */
const tokensMax = 200
const bracketsMax = 20
const copiesMax = 3

/** How strongly an operator binds what stands to its left. */
const powers: ReadonlyMap<string, number> = new Map([
  ...['[', '('].map((it) => [it, 80] as const),
  ['.', 75],
  ['{', 70],
  ...['*', '%'].map((it) => [it, 60] as const),
  ...['+', '-', '&'].map((it) => [it, 50] as const),
  ...['=', '!=', '<', '<=', '>', '>=', 'in', '??', '?:'].map((it) => [it, 40] as const),
  ['and', 30],
  ['or', 25],
  ['?', 20],
  [':=', 10],
])

/**
 * Nearly all expressions are paths, literals, operators, calls and objects made of them. They are read here, giving the very tree that
 * jsonata gives, in a tenth of the time: it builds its grammar anew for every text, and a flow of thousands of steps is checked cold
 * within its bound. Null: what stands there is rarer, or wrong; ask jsonata, which also says what is wrong.
 */
export function readSimply(source: string): SimplyRead | null {
  return new Reader(source).read()
}

/** While it is being put together. */
type Growing = { -readonly [Key in keyof Ast]: Ast[Key] }

const nowhere: Growing = { type: 'value', value: null }

class Reader {
  readonly #tokens: SimpleTokens
  readonly #variables: string[] = []
  #bound: Set<string> | null = null
  #lost = false
  /** There are ranges or blocks in it. */
  #isRich = false
  #count = 0
  #brackets = 0
  #copies = 0

  constructor(source: string) {
    this.#tokens = new SimpleTokens(source)
  }

  read(): SimplyRead | null {
    this.#advance()
    const ast = this.#expression(0)
    if (this.#lost || this.#tokens.kind !== 'end') return null
    const isPlain = this.#variables.length === 0 && this.#copies === 0 && !this.#isRich
    return { ast, variables: this.#variables, bound: this.#bound ?? noNames, isPlain }
  }

  #advance(): void {
    if (this.#lost) return
    this.#tokens.advance()
    if (++this.#count > tokensMax || this.#tokens.kind === 'other') this.#giveUp()
  }

  /** From here on nothing stands there any more, so that everything that is open comes to its end. */
  #giveUp(): Growing {
    this.#lost = true
    this.#tokens.kind = 'end'
    this.#tokens.text = ''
    return nowhere
  }

  #isAt(operator: string): boolean {
    return this.#tokens.kind === 'operator' && this.#tokens.text === operator
  }

  #close(operator: string): void {
    if (this.#isAt(operator)) this.#advance()
    else this.#giveUp()
    this.#brackets -= 1
  }

  #open(): void {
    if (++this.#brackets > bracketsMax) this.#giveUp()
  }

  #expression(power: number): Growing {
    let left = this.#first()
    while (this.#tokens.kind === 'operator') {
      const operator = this.#tokens.text
      const its = powers.get(operator) ?? 0
      if (its <= power) break
      const position = this.#tokens.end
      this.#advance()
      left = this.#led(left, operator, its, position)
    }
    return left
  }

  #first(): Growing {
    const { kind, text, value, end: position } = this.#tokens
    this.#advance()
    switch (kind) {
      case 'name':
        return { type: 'path', steps: [{ value: text, type: 'name', position }] }
      case 'variable':
        this.#variables.push(text)
        return { value: text, type: 'variable', position }
      case 'text':
        return { value, type: 'string', position }
      case 'number':
      case 'value':
        return { value, type: kind, position }
      case 'operator':
        return this.#opening(text, position)
      default:
        return this.#giveUp()
    }
  }

  #opening(operator: string, position: number): Growing {
    switch (operator) {
      case '-':
        return this.#negative(position)
      case '(':
        return this.#block(position)
      case '[':
        return this.#list(position)
      case '{':
        return this.#object(position)
      default:
        return this.#giveUp()
    }
  }

  #negative(position: number): Growing {
    const expression = this.#expression(70)
    if (expression.type !== 'number') return { type: 'unary', value: '-', position, expression }
    return { ...expression, value: -Number(expression.value) }
  }

  #block(position: number): Growing {
    this.#open()
    this.#isRich = true
    const expressions: Ast[] = []
    while (!this.#isAt(')') && !this.#lost) {
      expressions.push(this.#expression(0))
      if (!this.#isAt(';')) break
      this.#advance()
    }
    this.#close(')')
    const block: Growing = { type: 'block', position, expressions }
    if (expressions.some((part) => part.consarray === true || part.steps?.[0]?.consarray === true)) block.consarray = true
    return block
  }

  #list(position: number): Growing {
    this.#open()
    const expressions: Ast[] = []
    while (!this.#isAt(']') || expressions.length > 0) {
      const item = this.#expression(0)
      if (this.#isAt('..')) {
        const range = this.#tokens.end
        this.#isRich = true
        this.#advance()
        expressions.push({ type: 'binary', value: '..', position: range, lhs: item, rhs: this.#expression(0) })
      } else expressions.push(item)
      if (!this.#isAt(',')) break
      this.#advance()
    }
    this.#close(']')
    return { type: 'unary', value: '[', position, expressions }
  }

  #object(position: number): Growing {
    this.#open()
    const pairs: Pair[] = []
    while (!this.#isAt('}') || pairs.length > 0) {
      const key = this.#expression(0)
      if (!this.#isAt(':')) this.#giveUp()
      this.#advance()
      pairs.push([key, this.#expression(0)])
      if (!this.#isAt(',')) break
      this.#advance()
    }
    this.#close('}')
    return { type: 'unary', value: '{', position, lhs: pairs }
  }

  /** An operator that has something to its left. */
  #led(left: Growing, operator: string, power: number, position: number): Growing {
    switch (operator) {
      case '.':
        return this.#path(left, this.#expression(power))
      case '[':
        return this.#filter(left, position)
      case '(':
        return this.#call(left, position)
      case '?':
        return this.#condition(left, position)
      case '??':
      case '?:':
        return this.#default(left, operator, position)
      case ':=':
        return this.#bind(left, position)
      case '{':
        return this.#giveUp()
      default:
        return { type: 'binary', value: operator, position, lhs: left, rhs: this.#expression(power) }
    }
  }

  #path(left: Growing, right: Growing): Growing {
    const before = left.type === 'path' ? (left.steps ?? []) : [this.#step(left)]
    const steps = before.concat(right.type === 'path' ? (right.steps ?? []) : [staged(this.#step(right))]) as Growing[]
    const path: Growing = left.type === 'path' ? left : { type: 'path' }
    path.steps = steps
    markList(steps[0])
    markList(steps[steps.length - 1])
    return path
  }

  /** A text in a path is a name; a number or a truth value is a mistake. */
  #step(node: Growing): Growing {
    if (node.type === 'number' || node.type === 'value') return this.#giveUp()
    if (node.type === 'string') node.type = 'name'
    return node
  }

  #filter(left: Growing, position: number): Growing {
    this.#open()
    // `a[]` changes what the path gives.
    if (this.#isAt(']')) return this.#giveUp()
    const filter: Stage & { readonly position: number } = { type: 'filter', expr: this.#expression(0), position }
    this.#close(']')
    if (left.type === 'path') {
      const last = left.steps?.[left.steps.length - 1] as Growing
      last.stages = [...(last.stages ?? []), filter]
    } else left.predicate = [...(left.predicate ?? []), filter]
    return left
  }

  #call(procedure: Growing, position: number): Growing {
    this.#open()
    if (procedure.type !== 'variable' || procedure.predicate !== undefined) return this.#giveUp()
    const given: Ast[] = []
    while (!this.#isAt(')') || given.length > 0) {
      given.push(this.#expression(0))
      if (!this.#isAt(',')) break
      this.#advance()
    }
    this.#close(')')
    return { type: 'function', value: '(', position, arguments: given, procedure }
  }

  #condition(condition: Growing, position: number): Growing {
    const node = conditionOf(condition, this.#expression(0), position)
    if (!this.#isAt(':')) return node
    this.#advance()
    node.else = this.#expression(0)
    return node
  }

  /** `a ?? b` asks whether there is an `a`, `a ?: b` whether it counts as true. */
  #default(left: Growing, operator: string, position: number): Growing {
    if (++this.#copies > copiesMax) return this.#giveUp()
    const exists: Ast = { type: 'function', value: '(', arguments: [left], procedure: { type: 'variable', value: 'exists' } }
    const condition = operator === '??' ? exists : left
    const node = conditionOf(condition, left, position)
    node.else = this.#expression(0)
    return node
  }

  #bind(name: Growing, position: number): Growing {
    if (name.type !== 'variable' || name.predicate !== undefined) return this.#giveUp()
    this.#bound ??= new Set()
    this.#bound.add(String(name.value))
    return { type: 'bind', value: ':=', position, lhs: name, rhs: this.#expression(9) }
  }
}

function markList(end: Growing | undefined): void {
  if (end !== undefined && end.type === 'unary' && end.value === '[') end.consarray = true
}

function conditionOf(condition: Ast, yes: Ast, position: number): Growing {
  // biome-ignore lint/suspicious/noThenProperty: jsonata's tree has it, and nobody awaits a tree.
  return { type: 'condition', position, condition, then: yes }
}

function staged(node: Growing): Growing {
  if (node.predicate === undefined) return node
  node.stages = node.predicate
  delete node.predicate
  return node
}
